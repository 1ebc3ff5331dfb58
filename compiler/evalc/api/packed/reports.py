"""The report of all runs, read from their logs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evalc.api.packed.parts import RunParts
from evalc.base.digest import digest
from evalc.base.memory.collecting import without_collecting
from evalc.base.memory.packed import Packed, pack
from evalc.base.memory.pile import read_pile, remove_piles, write_pile
from evalc.model.report import EvalReport
from evalc.pages._packed import PackedReport, ReportKey, key_of
from evalc.report.summarize import summarize
from evalc.store.errors import StorageError
from evalc.store.people import PEOPLE_NAME
from evalc.store.read import list_runs
from evalc.store.scan import LOG_NAME

_AT_HAND = 128
"""How many reports are read once for all pages of an eval: those of its runs."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A folder in which what was worked out is kept for the next time, and what tells the code apart that did it."""

    folder: Path
    identity: str


def load_report(results: Path, *, keeping: Keeping | None = None) -> tuple[PackedReport, tuple[str, ...]]:
    """What all runs below a folder say, and a sentence for each log that is damaged or cannot be read.

    Only the newest report of an eval at a target holds its trials; of earlier ones there are the outcomes of cases. One
    eval of one run is in memory at a time, and of all others what is packed. A log that is as it was is not read again
    where its reports were kept.
    """
    shelf = _Shelf()
    problems: list[str] = []
    names: set[str] = set()
    # The newest first, which keeps its trials, so that few of those before it are ever packed whole.
    for folder in reversed(list_runs(results)):
        kept = keeping and keeping.folder / f"run-{state_of_run(folder)}.pile"
        names |= {kept.name} if kept else set()
        if keeping and kept and shelf.take(read_pile(kept, identity=keeping.identity)):
            continue
        try:
            parts = RunParts(folder)
            found = shelf.add(_reports(parts))
        except StorageError as failure:
            problems.append(str(failure))
            continue
        if parts.findings:
            problems += [f"{folder}: {finding.message}" for finding in parts.findings]
        elif keeping and kept:
            write_pile(kept, found, identity=keeping.identity)
    if keeping:
        remove_piles(keeping.folder, "run-*.pile", wanted=names)
    return shelf.report(), tuple(reversed(problems))


def state_of_run(folder: Path) -> str:
    """What changes when a run does: more results, or more verdicts of people."""
    files = [folder / name for name in (LOG_NAME, PEOPLE_NAME)]
    states = [(file.stat().st_size, file.stat().st_mtime_ns) if file.is_file() else () for file in files]
    return digest([str(folder.resolve()), states], length=32)


def _reports(parts: RunParts) -> Iterator[EvalReport]:
    # They are small values by the thousand, none of which is garbage before its report is made.
    with without_collecting():
        for part in parts.read():
            yield from summarize([part]).evals


class _Shelf:
    """Reports of runs in any order, of which only the newest of an eval at a target is whole."""

    def __init__(self) -> None:
        self._keys: list[ReportKey] = []
        self._bare: list[bytes] = []
        self._whole: dict[tuple[str, str], tuple[ReportKey, bytes]] = {}

    def add(self, reports: Iterable[EvalReport]) -> dict[str, bytes]:
        """Take the reports of a run; what is returned can be taken another time."""
        found: dict[str, bytes] = {}
        for report in reports:
            key = key_of(report)
            bare = found[_name(key, "bare")] = _pack(_without_trials(report))
            if self._is_newest(key):
                whole = found[_name(key, "whole")] = _pack(report)
                self._whole[key[2:]] = (key, whole)
            self._keys.append(key)
            self._bare.append(bare)
        return found

    def take(self, found: dict[str, bytes] | None) -> bool:
        """Whether all that is needed was kept of the reports of a run, which then are taken."""
        if found is None:
            return False
        keys = [ReportKey(*key) for *key, part in map(json.loads, found) if part == "bare"]
        if any(self._is_newest(key) and _name(key, "whole") not in found for key in keys):
            return False
        for key in keys:
            if self._is_newest(key):
                self._whole[key[2:]] = (key, found[_name(key, "whole")])
            self._keys.append(key)
            self._bare.append(found[_name(key, "bare")])
        return True

    def report(self) -> PackedReport:
        """All of them, newest run first."""
        contents = {id(key): content for key, content in self._whole.values()}
        order = sorted(range(len(self._keys)), key=lambda at: self._keys[at][:2], reverse=True)
        keys = tuple(self._keys[at] for at in order)
        packed = [contents.get(id(self._keys[at]), self._bare[at]) for at in order]
        return PackedReport(Packed(packed, EvalReport.model_validate_json, at_hand=_AT_HAND), keys)

    def _is_newest(self, key: ReportKey) -> bool:
        newest = self._whole.get(key[2:])
        return newest is None or newest[0][:2] <= key[:2]


def _name(key: ReportKey, part: Literal["bare", "whole"]) -> str:
    return json.dumps([*key, part])


def _without_trials(report: EvalReport) -> EvalReport:
    cases = tuple(case.model_copy(update={"trials": ()}) for case in report.cases)
    return report.model_copy(update={"cases": cases})


def _pack(report: EvalReport) -> bytes:
    return pack(report.model_dump_json().encode())
