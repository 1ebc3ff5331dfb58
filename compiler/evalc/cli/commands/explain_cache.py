"""Explain what the cache of answers has."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.base.visible import visible
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.runs.options import add_asked, add_selection, add_specs

if TYPE_CHECKING:
    from evalc.api.asking.cached import Explained


class ExplainCacheCommand(Command):
    """Explain which calls of a run are answered from the cache, and why others are not: what is different about them.

    It takes what `evalc run` takes, for which `--cache` uses the cache, and asks nobody. A trial is followed up to the
    first call that is not answered, for what is asked next depends on it.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_selection(parser)
        add_specs(parser)
        add_asked(parser)
        parser.set_defaults(budget=None, max_calls=None)

    def run(self, arguments: Namespace) -> int:
        from evalc.api.asking.cached import explain_calls, open_cache
        from evalc.base.scrub import Scrubber
        from evalc.cli.runs.planned import plan_work
        from evalc.cli.specs import compile_sound

        catalog = compile_sound(Path(arguments.specs))
        planned = plan_work(catalog, arguments, command="explain-cache") if catalog else None
        if planned is None:
            return exit.WRONG_SPEC_OR_COMMAND
        cache = open_cache(planned.policy, Scrubber({}), is_wanted=True)
        assert cache, "it is wanted"
        hits = calls = 0
        for call in explain_calls(planned.plan, cache=cache):
            calls += 1
            hits += call.is_hit
            print("\n".join(_lines(call)))
        print(f"{hits} of {calls} calls are answered from the cache, as far as they are known")
        return exit.GOOD


def _lines(call: "Explained") -> Iterator[str]:
    where = f"{call.asked} {visible(call.key)}"
    if call.kept is None:
        yield f"miss {where}: nothing is kept of this case"
    elif call.is_hit:
        yield f"hit  {where}: kept {call.kept.kept_at}"
    else:
        yield f"miss {where}: the nearest answer is that of {call.kept.asked} to {visible(call.kept.key)}, but"
        yield from (f"       {difference}" for difference in call.differences)
