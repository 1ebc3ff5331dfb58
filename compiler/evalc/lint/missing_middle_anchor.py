"""The rule `missing-middle-anchor`."""

from collections.abc import Iterator

from evalc.lint._written import WrittenCatalog
from evalc.lint.contract import LintRule, Remark

_LEAST_STEPS = 4


class MissingMiddleAnchor(LintRule):
    """A criterion on a scale of five scores or more has anchors for its ends alone.

    Most answers are neither perfect nor useless, and rules such as `no criterion below 3` are decided in the
    middle. There each judge, and each model version, draws the line elsewhere unless an anchor says where it is.

    Wrong:
        rubric tone: Tone of a reply
          scale: 1 to 5
          criterion warmth: The customer feels taken seriously
            5: Names the harm and apologises once.
            1: Blames the customer.
          pass when mean >= 4

    Right:
        rubric tone: Tone of a reply
          scale: 1 to 5
          criterion warmth: The customer feels taken seriously
            5: Names the harm and apologises once.
            3: Apologises, and names no harm.
            1: Blames the customer.
          pass when mean >= 4
    """

    level = "advice"
    message = "nothing says what earns a score between {low} and {high}"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each criterion without an anchor between the ends."""
        for rubric in catalog.rubrics:
            scale = rubric.rubric.scale
            if scale.kind == "met" or scale.high - scale.low < _LEAST_STEPS:
                continue
            middle = (scale.low + scale.high) // 2
            for criterion, block in rubric.criteria():
                if not any(scale.low < anchor.score < scale.high for anchor in criterion.anchors):
                    values: dict[str, object] = {"low": scale.low, "high": scale.high}
                    help = f"describe one in the middle, such as `{middle}: ...`"
                    yield Remark(rubric.source, block.name.span, values, help=help)
