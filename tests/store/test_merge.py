"""Shards of a run, asked on several machines, become one run."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from evalc.model.plan import Plan, Shard
from evalc.model.result import TrialResult
from evalc.store.errors import DamagedLog
from evalc.store.read import read_run
from evalc.store.upkeep.merge import Unmergeable, merge_logs
from tests.store.logged import RUN, content_of, write_run


def shards_of(plan: Plan, of: int) -> list[Plan]:
    """A plan dealt out by its cases."""
    cases = plan.evals[0].cases
    return [
        plan.model_copy(
            update={
                "evals": (plan.evals[0].model_copy(update={"cases": cases[number - 1 :: of]}),),
                "trials": tuple(
                    trial for trial in plan.trials if trial.case_id in {case.id for case in cases[number - 1 :: of]}
                ),
                "shard": Shard(number=number, of=of, whole=plan.digest),
            }
        )
        for number in range(1, of + 1)
    ]


def write_shard(folder: Path, plan: Plan, results: Sequence[TrialResult] = RUN.results, *, ends: bool = True) -> Path:
    """The folder of a shard with its part of some results."""
    ids = {trial.id for trial in plan.trials}
    return write_run(folder, [result for result in results if result.trial.id in ids], plan=plan, ends=ends)


def test_all_shards_together_are_the_run(tmp_path: Path) -> None:
    """In whatever order they are named, the merged run reads as one that was never dealt out."""
    shards = [write_shard(tmp_path / "shards", plan) for plan in shards_of(RUN.plan, 2)]
    read, findings = read_run(merge_logs(shards[::-1], tmp_path / "results"))

    assert () == findings
    assert RUN.plan.digest == read.plan.digest
    assert sorted(RUN.results, key=lambda result: result.trial.id) == sorted(
        read.results, key=lambda result: result.trial.id
    )
    assert ("2026-03-04T05:06:07.890Z",) * 2 == (read.started_at, read.finished_at)
    assert read.plan.shard is None


def test_a_shard_that_is_not_complete_leaves_its_rest_to_be_asked(tmp_path: Path) -> None:
    """One machine was stopped; the whole is there all the same, and can be resumed."""
    first, second = shards_of(RUN.plan, 2)
    shards = [
        write_shard(tmp_path / "shards", first),
        write_shard(tmp_path / "shards", second, RUN.results[:3], ends=False),
    ]
    read, _ = read_run(merge_logs(shards, tmp_path / "results"))

    assert ("", 5, 6) == (read.finished_at, len(read.results), len(read.plan.trials))


def test_what_does_not_belong_together_is_named(tmp_path: Path) -> None:
    """A merged run that lacks a part, or has one twice, would be a wrong figure with a good name."""
    first, second, third = (write_shard(tmp_path / "a", plan) for plan in shards_of(RUN.plan, 3))
    other = write_shard(tmp_path / "b", shards_of(RUN.plan.model_copy(update={"targets": ()}), 3)[1])
    again = write_shard(tmp_path / "c", shards_of(RUN.plan, 3)[0])
    whole = write_run(tmp_path / "d", RUN.results)
    for folders, said in (
        ([first, second], "shard 3 of 3 is missing"),
        ([first], "shard 2, 3 of 3 is missing"),
        ([first, again, second, third], f"shard 1 of 3 is there more than once: {first.name}, {again.name}"),
        ([first, other, third], f"{other.name} is a shard of another plan than {first.name}"),
        ([whole, second], f"{whole.name} is no shard of a run"),
    ):
        with pytest.raises(Unmergeable, match=said):
            merge_logs(folders, tmp_path / "results")

    assert not (tmp_path / "results").exists()


def test_a_shard_whose_cases_were_exchanged_is_found(tmp_path: Path) -> None:
    """The digest of the whole plan is in each shard, so the parts have to give it again."""
    first, second = shards_of(RUN.plan, 2)
    poor = second.model_copy(update={"trials": second.trials[:1]})
    shards = [write_shard(tmp_path / "shards", plan) for plan in (first, poor)]

    with pytest.raises(Unmergeable, match="not the plan that was dealt out"):
        merge_logs(shards, tmp_path / "results")


def test_a_damaged_shard_is_not_merged(tmp_path: Path) -> None:
    """Its lost results would look like questions that nobody asked."""
    shards = [write_shard(tmp_path / "shards", plan) for plan in shards_of(RUN.plan, 2)]
    content = content_of(shards[0])
    (shards[0] / "events.jsonl").write_bytes(content.replace(b'"outcome":"failed"', b'"outcome":"passed"', 1))

    with pytest.raises(DamagedLog):
        merge_logs(shards, tmp_path / "results")
