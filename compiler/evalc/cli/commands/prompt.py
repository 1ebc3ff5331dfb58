"""Print what a judge is asked."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import Painter, wants_colour
from evalc.cli.specs import compile_paths, print_findings
from evalc.model.catalog import Case, Catalog, Eval

if TYPE_CHECKING:
    from evalc.checks._preview import PromptPreview


class PromptCommand(Command):
    """Print the exact prompts that a judge gets about a case.

    CASE is an id, such as `baseten/chains/first-step`; a row of `each` is `.../case/row`. Words in «» stand for what
    only a run knows: the answer, and the marks around it. The digest is kept with every result that a prompt gave.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", metavar="CASE", help="the id of a case")
        parser.add_argument("--criterion", metavar="NAME", help="only the prompt about this criterion of a rubric")
        parser.add_argument(
            "--specs", default="specs", metavar="PATH", help="a spec or a folder of specs (default: specs)"
        )

    def run(self, arguments: Namespace) -> int:
        compiled = compile_paths([Path(arguments.specs)])
        if compiled is None:
            return exit.WRONG_SPEC_OR_COMMAND
        if compiled.has_errors:
            print_findings(compiled)
            return exit.WRONG_SPEC_OR_COMMAND
        found = _find(compiled.catalog, arguments.case)
        return exit.WRONG_SPEC_OR_COMMAND if found is None else _print(*found, criterion=arguments.criterion)


def _find(catalog: Catalog, case_id: str) -> tuple[Case, Eval] | None:
    """The case with an id and its eval; None, after saying what is near, where there is none."""
    from evalc.base.suggest import closest

    cases = {case.id: (case, eval_) for eval_ in catalog.evals for case in eval_.cases}
    if case_id in cases:
        return cases[case_id]
    near = closest(case_id, cases)
    rows = [id_ for id_ in cases if id_.startswith(f"{case_id}/")]
    if rows:
        hint = f"its rows are {_listed(rows)}"
    elif near:
        hint = f"did you mean `{near}`?"
    else:
        hint = f"an id is VENDOR/EVAL/CASE, such as {_listed(list(cases)[:1])}"
    print(f"evalc: no case has the id `{case_id}`; {hint}", file=sys.stderr)
    return None


def _print(case: Case, eval_: Eval, *, criterion: str | None) -> int:
    from evalc.checks._preview import preview_prompts

    previews = preview_prompts(case, eval_.rubrics)
    wanted = [found for found in previews if criterion is None or criterion in _criteria(found)]
    if not wanted:
        known = list(dict.fromkeys(name for found in previews for name in _criteria(found)))
        print(f"evalc: {_why_none(case.id, known, criterion)}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    paint = Painter(colour=wants_colour())
    print("\n\n".join("\n".join(_lines(preview, paint)) for preview in wanted))
    return exit.GOOD


def _lines(preview: "PromptPreview", paint: Painter) -> Iterator[str]:
    from evalc.judge.prompt import prompt_digest

    question = preview.question
    names = filter(None, [preview.reply, preview.check, preview.rubric, question.name])
    about = " · ".join(dict.fromkeys(names))
    yield paint(f"=== {about} · digest {prompt_digest(question)}", "bold")
    for message in question.messages:
        yield paint(f"--- {message.role} message", "bold")
        yield message.text


def _criteria(preview: "PromptPreview") -> list[str]:
    return [criterion.name for criterion in preview.question.criteria]


def _why_none(case_id: str, known: Sequence[str], criterion: str | None) -> str:
    from evalc.base.suggest import closest

    if not known:
        return f"no check of {case_id} is judged, so there is no prompt"
    near = closest(criterion or "", known)
    hint = f"did you mean `{near}`?" if near else f"it is judged on {_listed(known)}"
    return f"{case_id} is not judged on `{criterion}`; {hint}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
