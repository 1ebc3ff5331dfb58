"""Prove checks."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.base.visible import visible
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.judges.limits import add_most_calls
from evalc.cli.paths import add_paths
from evalc.cli.specs import compile_all_sound

if TYPE_CHECKING:
    from evalc.model.catalog import Catalog
    from evalc.model.verdicts.proof import Proof


class ProveCommand(Command):
    """Put checks to the test with bad answers, before any target is asked.

    Each case is tried with its examples, with answers that are bad for every case (empty, a refusal, the question given
    back, the rubric pasted, orders to the judge), and with its good examples changed: a sentence less, a negation,
    other numbers and names. Named are checks that no bad answer fails and cases that one passes; exit code 1 then.
    Plain checks need no network.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_paths(parser)
        parser.add_argument("--judge", metavar="NAME", help="a judge of the policy, for judged checks; it is asked")
        parser.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml in this folder or above")
        add_most_calls(parser)
        parser.add_argument("--all", action="store_true", help="show the changed answers that pass, too")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
        parser.add_argument("--out", default="build/proofs", metavar="FOLDER", help="default: build/proofs")

    def run(self, arguments: Namespace) -> int:
        from evalc.api.verdicts.proofs import NoSuchJudge, write_proofs
        from evalc.targets.contract import TargetError

        compiled = compile_all_sound([Path(path) for path in arguments.paths])
        if compiled is None:
            return exit.WRONG_SPEC_OR_COMMAND
        try:
            proofs = _prove(compiled.catalog, arguments)
        except (NoSuchJudge, TargetError) as problem:
            print(f"evalc: {visible(str(problem))}", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        if proofs is None:
            return exit.WRONG_SPEC_OR_COMMAND
        write_proofs(proofs, Path(arguments.out))
        _print(proofs, arguments)
        return exit.GATE_FAILED if any(case.is_weak for proof in proofs for case in proof.cases) else exit.GOOD


def _prove(catalog: "Catalog", arguments: Namespace) -> "tuple[Proof, ...] | None":
    """The proofs, or None, after saying so, where the policy is missing or wrong, or the judge is asked too much."""
    from evalc.api.verdicts.proofs import JudgedProofs, prove_catalog

    if not arguments.judge:
        return prove_catalog(catalog)
    from evalc.cli.judges.limits import may_ask
    from evalc.cli.runs.planned import read_policy_of

    policy = read_policy_of(arguments)
    if policy is None:
        return None
    judged = JudgedProofs(catalog, policy, judge=arguments.judge)
    if not may_ask(judged.questions, judged.judge, arguments=arguments):
        return None
    proven = judged.prove()
    for reason, count in proven.unheard.items():
        answers = f"{count} answer{'' if count == 1 else 's'}"
        print(f"evalc: nothing is known of {answers}: {visible(reason)}", file=sys.stderr)
    return proven.proofs


def _print(proofs: "tuple[Proof, ...]", arguments: Namespace) -> None:
    if arguments.format == "json":
        from pydantic import TypeAdapter

        from evalc.model.verdicts.proof import Proof

        print(TypeAdapter(tuple[Proof, ...]).dump_json(proofs, indent=2).decode())
        return
    from evalc.cli.console import wants_colour
    from evalc.cli.verdicts.proving import render_proofs

    print(render_proofs(proofs, colour=wants_colour(), whole=arguments.all), end="")
