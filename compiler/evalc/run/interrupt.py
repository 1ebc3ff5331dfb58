"""Runs that a signal ends in good order."""

import asyncio
import signal

from evalc.model.event import RunFinished
from evalc.run.context import RunContext, Stop
from evalc.run.engine import run_plan
from evalc.run.log import RunLog
from evalc.run.work import Work
from evalc.targets.contract import OpenTargets

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_to_end(plan: Work, opened: OpenTargets, *, log: RunLog, context: RunContext) -> RunFinished:
    """How a run ended; see `run_plan`. For the main thread of a program.

    The first SIGINT, SIGTERM or SIGHUP lets what is under way finish for a few seconds, a second one does not. The
    log is whole in both cases, and the run can be resumed.

    Raises:
        StorageError: The log could not be written.
    """

    async def run() -> RunFinished:
        loop = asyncio.get_running_loop()
        stop = Stop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, stop.request)
        return await run_plan(plan, opened, log=log, context=context, stop=stop)

    return asyncio.run(run())
