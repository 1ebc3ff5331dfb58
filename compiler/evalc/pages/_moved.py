"""Addresses that pages had before their evals or cases were renamed."""

from collections.abc import Mapping
from itertools import product

from evalc.pages._address import case_path, eval_path
from evalc.pages.contract import Library


def moved_paths(library: Library) -> Mapping[str, str]:
    """Where each earlier address leads now, both below the site's root; one that is in use again leads nowhere."""
    found: dict[str, str] = {}
    used = {eval_path(head.id) for head in library.heads}
    for head in library.heads:
        for before in head.formerly:
            found[_path(before)] = eval_path(head.id)
        used.update(map(case_path, head.case_ids))
        for before, id_ in head.moved:
            found[_path(before)] = case_path(id_)
        for before, id_ in product(head.formerly, head.case_ids):
            found[_path(id_.replace(head.id, before, 1))] = case_path(id_)
    return {before: now for before, now in sorted(found.items()) if before and before not in used}


def _path(id_: str) -> str:
    # A stored catalog may say anything, and only plain names make an address.
    try:
        return eval_path(id_) if id_.count("/") == 1 else case_path(id_)
    except ValueError:
        return ""
