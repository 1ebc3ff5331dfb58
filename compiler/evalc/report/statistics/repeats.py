"""Rates over repeats of a case."""

from collections.abc import Sequence
from math import comb


def pass_any(passes: int, repeats: int, *, of: int) -> float:
    """How likely one of `of` repeats passes, estimated without bias from at least as many; pass@k.

    Raises:
        ValueError: There are fewer repeats, or more passes than repeats.

    Source: Chen et al. 2021, "Evaluating large language models trained on code", arXiv 2107.03374.
    """
    _demand_counts(passes, repeats, of)
    return 1 - comb(repeats - passes, of) / comb(repeats, of)


def pass_all(passes: int, repeats: int, *, of: int) -> float:
    """How likely all of `of` repeats pass, estimated without bias from at least as many; pass^k.

    Raises:
        ValueError: As for `pass_any`.

    Source: Yao et al. 2024, "τ-bench", arXiv 2406.12045.
    """
    _demand_counts(passes, repeats, of)
    return comb(passes, of) / comb(repeats, of)


def variance_within(counts: Sequence[tuple[int, int]]) -> float | None:
    """The mean variance of one repeat inside of a case, from passes and repeats; None without a case of two."""
    found = [passes * (repeats - passes) / (repeats * (repeats - 1)) for passes, repeats in counts if repeats > 1]
    return sum(found) / len(found) if found else None


def _demand_counts(passes: int, repeats: int, of: int) -> None:
    if not 0 <= passes <= repeats or not 1 <= of <= repeats:
        raise ValueError(f"no rate over {of} of {repeats} repeats with {passes} passes")
