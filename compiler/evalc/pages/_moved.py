"""Addresses that pages had before their evals or cases were renamed."""

from collections.abc import Mapping
from itertools import chain

from evalc.pages._address import case_path, eval_path
from evalc.pages.contract import Library


def moved_paths(library: Library) -> Mapping[str, str]:
    """Where each earlier address leads now, both below the site's root; one that is in use again leads nowhere."""
    found: dict[str, str] = {}
    used = {eval_path(eval_.id) for eval_ in library.catalog.evals}
    for eval_ in library.catalog.evals:
        for before in eval_.formerly:
            found[_path(before)] = eval_path(eval_.id)
        for case in eval_.cases:
            path = case_path(case.id)
            used.add(path)
            former = (case.id.replace(eval_.id, before, 1) for before in eval_.formerly)
            for before in chain(case.formerly, former):
                found[_path(before)] = path
    return {before: now for before, now in sorted(found.items()) if before and before not in used}


def _path(id_: str) -> str:
    # A stored catalog may say anything, and only plain names make an address.
    try:
        return eval_path(id_) if id_.count("/") == 1 else case_path(id_)
    except ValueError:
        return ""
