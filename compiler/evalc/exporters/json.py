"""The exporter `json`."""

from evalc.base.visible import visible_json
from evalc.exporters.contract import Exporter, RunView
from evalc.model.verdicts.comparison import RunComparison


class Json(Exporter):
    """All that is known, for programs: a gate's decision, or the report of a run, or a comparison.

    Example:
        evalc gate --format json
    """

    def export_run(self, view: RunView) -> str:
        return visible_json((view.gate or view.report).model_dump_json(indent=2)) + "\n"

    def export_comparison(self, comparison: RunComparison) -> str:
        return visible_json(comparison.model_dump_json(indent=2)) + "\n"
