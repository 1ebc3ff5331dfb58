"""The log of a run: what was acknowledged is there, and what is damaged is found."""

import base64
import json
import os
import resource
from datetime import timedelta
from itertools import repeat
from pathlib import Path
from urllib.parse import quote
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.base.scrub import Scrubber
from evalc.model.exchange import Message, Prompt, Recording, Response
from evalc.model.result import Outcome, RunResult, TrialResult
from evalc.report.summarize import summarize
from evalc.store.errors import CannotRead, CannotWrite, DamagedLog, LogInUse, NewerLog, NoRun, StorageError
from evalc.store.log import LogContext
from evalc.store.open import create_log
from evalc.store.read import list_runs, read_run
from evalc.store.scan import LogFinding
from tests.store.logged import CONTEXT, MOMENT, RUN, add, content_of, ends_of, ids_of, resume_log, write_run


def rewritten(folder: Path, content: bytes) -> tuple[RunResult, tuple[LogFinding, ...]]:
    """What a log with this content reads as."""
    (folder / "events.jsonl").write_bytes(content)
    return read_run(folder)


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Reports are made from logs alone."""
    read, findings = read_run(write_run(tmp_path, RUN.results, ends=True))

    assert () == findings
    assert (RUN.plan, RUN.results) == (read.plan, read.results)
    assert ("2026-03-04T05:06:07.890Z",) * 2 == (read.started_at, read.finished_at)


def test_results_are_in_the_order_of_the_plan(tmp_path: Path) -> None:
    """Trials finish in any order, and equal runs must give equal reports."""
    read, _ = read_run(write_run(tmp_path, RUN.results[::-1]))

    assert RUN.results == read.results
    assert "" == read.finished_at


def test_each_line_is_json_with_its_checksum_last(tmp_path: Path) -> None:
    """Any tool for JSON Lines can read a log, and anybody can check a line."""
    lines = content_of(write_run(tmp_path, RUN.results[:1], ends=True)).splitlines()

    kinds = ["run", *["case"] * 3, "trials", "planned", "result", "finished"]
    assert kinds == [json.loads(line)["kind"] for line in lines]
    for line in lines:
        body, _, rest = line.rpartition(b',"crc":"')
        assert f"{crc32(body):08x}" == rest.decode().removesuffix('"}') == list(json.loads(line).values())[-1]


results_with_any_text = st.lists(
    st.builds(
        lambda result, text: result.model_copy(update={"responses": (Response(text=text),)}),
        st.sampled_from(RUN.results),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    ),
    max_size=5,
    unique_by=lambda result: result.trial.id,
)


@given(results=results_with_any_text, share=st.floats(0, 1))
def test_any_prefix_reads_as_what_was_acknowledged(
    tmp_path_factory: pytest.TempPathFactory, results: list[TrialResult], share: float
) -> None:
    """A kill or a loss of power leaves a prefix of the log, at any byte."""
    folder = write_run(tmp_path_factory.mktemp("run"), results)
    content = content_of(folder)
    header, *ends = ends_of(content)
    cut = round(header + share * (len(content) - header))
    read, findings = rewritten(folder, content[:cut])
    whole = [result for result, end in zip(results, ends, strict=True) if end <= cut]

    assert {result.trial.id: result for result in whole} == {result.trial.id: result for result in read.results}
    assert ([] if cut in (header, *ends) else ["torn-tail"]) == [finding.kind for finding in findings]


def test_a_tail_torn_at_any_byte_is_cut_kept_and_asked_again(tmp_path: Path) -> None:
    """After a crash a run goes on by itself, and what is cut off can still be looked at."""
    folder = write_run(tmp_path, RUN.results[:2])
    content = content_of(folder)
    *_, start, end = ends_of(content)
    for cut in range(start + 1, end):
        (folder / "events.jsonl").write_bytes(content[:cut])
        with resume_log(folder) as log:
            left = ids_of(log.run.work.plan())
            add(log, RUN.results[1:])
        read, findings = read_run(folder)
        (kept,) = folder.glob("events.jsonl.torn-*")

        assert ids_of(RUN.plan)[1:] == left
        assert content[start:cut] == kept.read_bytes()
        assert (RUN.results, ()) == (read.results, findings)
        kept.unlink()


@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_found_and_its_record_named(
    tmp_path_factory: pytest.TempPathFactory, at: float, bit: int
) -> None:
    """A verdict that differs from what was written is worse than none."""
    folder = write_run(tmp_path_factory.mktemp("run"), RUN.results, ends=True)
    content = bytearray(content_of(folder))
    place = int(at * len(content))
    plan_end = ends_of(bytes(content))[0]
    content[place] ^= 1 << bit
    if place < plan_end:
        with pytest.raises(NoRun, match=r"first record|plan is damaged|before its plan is whole"):
            rewritten(folder, bytes(content))
        return
    read, findings = rewritten(folder, bytes(content))
    lines = {finding.line for finding in findings}

    assert content[:place].count(b"\n") + 1 in lines
    assert set(read.results) <= set(RUN.results)
    assert len(RUN.results) - len(read.results) <= 2


def test_a_log_with_a_damaged_record_does_not_go_on(tmp_path: Path) -> None:
    """Its result would be asked again as if it had never been there, and nobody would look."""
    folder = write_run(tmp_path, RUN.results[:3])
    content = content_of(folder)
    (folder / "events.jsonl").write_bytes(content.replace(b'"outcome":"failed"', b'"outcome":"passed"', 1))
    _, findings = read_run(folder)

    assert [("damaged-record", 8)] == [(finding.kind, finding.line) for finding in findings]
    with pytest.raises(DamagedLog, match=r"line 8 \(from byte \d+ on\) is not as it was written; `evalc repair`"):
        resume_log(folder)


def test_a_log_has_one_writer(tmp_path: Path) -> None:
    """Two runs in one log would interleave, and each would count the other's results."""
    with create_log(tmp_path, RUN.plan, context=CONTEXT) as log:
        with pytest.raises(LogInUse, match="another evalc is writing"):
            resume_log(log.folder)
        add(log, RUN.results[:1])

    assert RUN.results[:1] == read_run(log.folder)[0].results
    resume_log(log.folder).close()


def test_a_resumed_log_knows_what_is_finished(tmp_path: Path) -> None:
    """A finished trial is never asked again."""
    folder = write_run(tmp_path, RUN.results[:4])
    with resume_log(folder) as log:
        left, counts = ids_of(log.run.work.plan()), (log.planned, log.finished)
        add(log, RUN.results[4:])
        log.finish("complete")
    read, findings = read_run(folder)

    assert ids_of(RUN.plan)[4:] == left
    assert (6, 4) == counts
    assert (RUN.results, ()) == (read.results, findings)
    assert read.finished_at


def test_what_is_asked_again_counts_instead_and_the_earlier_result_stays(tmp_path: Path) -> None:
    """A key that had run out, or a judge that was away, costs no second run; and who paid twice can see for what."""
    endings: list[Outcome] = ["errored", "passed", "unscored", "failed", "errored"]
    results = [
        result.model_copy(update={"outcome": outcome}) for result, outcome in zip(RUN.results, endings, strict=False)
    ]
    folder = write_run(tmp_path, results, ends=True)
    before = content_of(folder)
    with resume_log(folder, "errored", "unscored") as log:
        left, counts = ids_of(log.run.work.plan()), (log.planned, log.finished)
        add(log, [RUN.results[0], RUN.results[2], RUN.results[5]])
    read, findings = read_run(folder)

    assert [ids_of(RUN.plan)[at] for at in (0, 2, 4, 5)] == left
    assert (6, 2) == counts
    assert ["passed", "passed", "passed", "failed", "errored", "failed"] == [result.outcome for result in read.results]
    assert () == findings
    assert content_of(folder).startswith(before)


def test_a_run_that_goes_on_has_not_ended(tmp_path: Path) -> None:
    """Killed after it was resumed, it must not pass for complete because of how it ended before."""
    folder = write_run(tmp_path, RUN.results, ends=True)
    resume_log(folder).close()

    assert "" == read_run(folder)[0].finished_at


def test_a_result_that_was_not_planned_or_comes_twice_is_found(tmp_path: Path) -> None:
    """Nothing is counted twice, and nothing enters a rate by itself."""
    again = RUN.results[0].model_copy(update={"outcome": "unscored"})
    trial = RUN.results[0].trial.model_copy(update={"id": "model:geo/capitals/atlantis@1"})
    strange = RUN.results[0].model_copy(update={"trial": trial})
    read, findings = read_run(write_run(tmp_path, [RUN.results[0], strange, again]))

    assert (again,) == read.results
    assert ["unplanned-result", "repeated-result"] == [finding.kind for finding in findings]


def test_names_of_runs_differ_and_sort_by_time(tmp_path: Path) -> None:
    """Two runs that begin at the same moment keep apart, and the newest is the last."""
    for seconds in (3, 1, 1, 1, 2):
        moments = repeat(MOMENT + timedelta(seconds=seconds))
        create_log(tmp_path, RUN.plan, context=LogContext(Scrubber({}), utc=moments.__next__)).close()
    starts = [read_run(folder)[0].started_at for folder in list_runs(tmp_path)]

    assert 5 == len(starts)
    assert sorted(starts) == starts
    assert () == list_runs(tmp_path / "nowhere")


def test_a_log_of_a_later_version_is_not_guessed_at(tmp_path: Path) -> None:
    """Members that this version does not know may change what the others mean."""
    folder = write_run(tmp_path, [])
    body = content_of(folder).rpartition(b',"crc"')[0]
    first = body.partition(b',"crc"')[0]
    for later in (first.replace(b'"format_version":2', b'"format_version":9'), b'{"format_version":9,"news":[]'):
        with pytest.raises(NewerLog, match="has version 9 of the log"):
            rewritten(folder, b'%s,"crc":"%08x"}\n' % (later, crc32(later)))


def test_a_plan_that_is_not_whole_is_no_run(tmp_path: Path) -> None:
    """Killed while its plan was written, a run has asked nothing; half a plan would pass for a small whole one."""
    content = content_of(write_run(tmp_path, []))
    for cut in [at for at, byte in enumerate(content) if byte == ord("\n")][:-1]:
        with pytest.raises(NoRun, match="ends before its plan is whole"):
            rewritten(tmp_path, content[: cut + 1])


@pytest.mark.parametrize("content", [b"", b"{}\n", b"\n\n", b'{"kind":"run"'])
def test_what_is_no_log_is_not_read(content: bytes, tmp_path: Path) -> None:
    """A file of that name may be anything."""
    with pytest.raises(NoRun):
        rewritten(tmp_path, content)


def test_a_log_that_is_not_there_is_an_error_of_storage(tmp_path: Path) -> None:
    """Doors have one exit code for storage."""
    with pytest.raises(CannotRead, match="no such file"):
        read_run(tmp_path)
    with pytest.raises(StorageError, match="no such file"):
        resume_log(tmp_path)


def test_a_full_disk_ends_the_log_and_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    """A write that stops in the middle must not be shown as finished, and nothing may follow it."""
    with create_log(tmp_path, RUN.plan, context=CONTEXT) as log:
        add(log, RUN.results[:2])
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (os.stat(log.folder / "events.jsonl").st_size + 100, limits[1]))
        try:
            with pytest.raises(CannotWrite, match="the disk took 100 of"):
                log.write(RUN.results[2])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        with pytest.raises(CannotWrite):
            log.write(RUN.results[3])
        with pytest.raises(CannotWrite):
            add(log, [])
        with pytest.raises(CannotWrite):
            log.finish("complete")
    read, findings = read_run(log.folder)

    assert RUN.results[:2] == read.results
    assert ["torn-tail"] == [finding.kind for finding in findings]


def test_a_folder_that_cannot_be_made_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    """The first result would otherwise be paid for and lost."""
    (tmp_path / "results").write_text("a file")

    with pytest.raises(CannotWrite, match="not a directory"):
        create_log(tmp_path / "results", RUN.plan, context=CONTEXT)


def test_a_log_is_not_followed_through_a_link(tmp_path: Path) -> None:
    """A link left in the results would turn resuming into writing elsewhere."""
    folder = write_run(tmp_path, [])
    (folder / "events.jsonl").rename(tmp_path / "elsewhere")
    (folder / "events.jsonl").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CannotWrite):
        resume_log(folder)


def test_no_secret_is_in_anything_that_is_written(tmp_path: Path) -> None:
    """Logs are committed, uploaded and published. The value may come back in any answer, and in any dress."""
    secret = 'sk-"0123/456+789é'
    wire = secret.encode()
    dresses = [
        secret,
        json.dumps(secret),
        quote(secret, safe=""),
        base64.b64encode(wire).decode(),
        base64.b64encode(b"Bearer " + wire + b"\n").decode(),
        base64.urlsafe_b64encode(b"ab" + wire).decode(),
    ]
    response = Response(text=" and ".join(dresses))
    prompt = Prompt(key="k", purpose="answer", case_id="c", messages=(Message(role="user", text="?"),))
    context = LogContext(Scrubber({"KEY": secret}))
    with create_log(tmp_path, RUN.plan, context=context) as log:
        add(log, [RUN.results[0].model_copy(update={"responses": (response,)})])
        log.record("target", "model", prompt=prompt, response=response)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()).decode()

    assert 2 * len(dresses) == written.count("[secret KEY]")
    assert [] == [dress for dress in dresses if dress in written]
    assert "456+789" not in written
    assert () == read_run(log.folder)[1]


def test_recordings_lie_beside_the_log(tmp_path: Path) -> None:
    """A target of type `replay` reads them as they are."""
    prompt = Prompt(key="k", purpose="answer", case_id="c", messages=(Message(role="user", text="?"),))
    with create_log(tmp_path, RUN.plan, context=CONTEXT) as log:
        for role, text in (("target", "one"), ("target", "two"), ("judge", "three")):
            log.record("judge" if role == "judge" else "target", "m", prompt=prompt, response=Response(text=text))
    lines = (log.folder / "recordings/targets/m.jsonl").read_text().splitlines()

    assert ["one", "two"] == [Recording.model_validate_json(line).response.text for line in lines]
    assert prompt.digest == Recording.model_validate_json(lines[0]).prompt_digest
    assert (log.folder / "recordings/judges/m.jsonl").is_file()


def test_the_work_of_a_new_run_is_its_plan(tmp_path: Path) -> None:
    """A run reads it from its log, so that the plan need not stay in memory."""
    with create_log(tmp_path, RUN.plan, context=CONTEXT) as log:
        work = log.run.work
        cases = work.cases_by_id()
        read = {case.id: (cases[case.id][0], cases[case.id][1].id) for eval_ in RUN.plan.evals for case in eval_.cases}
        trials = [trial for card in RUN.plan.targets for trial in work.trials_of(card.name)]
        whole = work.plan()

    assert {case.id: (case, eval_.id) for case, eval_ in RUN.plan.cases_by_id().values()} == read
    assert [*RUN.plan.trials] == trials
    assert RUN.plan == whole


def test_a_secret_that_a_case_holds_is_asked_and_not_logged(tmp_path: Path) -> None:
    """A key may be a word that questions hold too, and what is asked must not hang on it."""
    case = RUN.plan.evals[0].cases[0]
    word = case.turns[0].text.split()[0]
    context = LogContext(Scrubber({"KEY": word}))
    with create_log(tmp_path, RUN.plan, context=context) as log:
        asked, _ = log.run.work.cases_by_id()[case.id]

    assert case == asked
    assert word not in json.dumps(read_run(log.folder)[0].plan.evals[0].cases[0].turns[0].text)


def test_a_run_is_read_without_what_was_said(tmp_path: Path) -> None:
    """A gate needs no answers, which are the most of a long log."""
    said = Response(text="Paris. " * 1000, latency_s=0.5, cost_usd=0.25, model="m")
    results = [result.model_copy(update={"responses": (said,), "attempts": 1}) for result in RUN.results]
    folder = write_run(tmp_path, results)
    whole, _ = read_run(folder)
    short, _ = read_run(folder, has_answers=False)

    assert [(Response(text="", latency_s=0.5, cost_usd=0.25),)] * 6 == [result.responses for result in short.results]
    assert whole.results == tuple(result.model_copy(update={"responses": (said,)}) for result in short.results)
    assert short.plan.trials[0] is short.results[0].trial
    assert summarize([whole]).evals[0].cost_usd == summarize([short]).evals[0].cost_usd == 1.5
