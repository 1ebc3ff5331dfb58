"""`python -m bench.peers [FOLDER]`: evalc beside other runners, as far as a folder has environments of them.

Every round has all of them in turn, at one endpoint each; figures are medians of whole processes.
"""

import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench.measure import Cost, Figure, interleave, run_command
from bench.peers.peer import Peer, Task
from bench.peers.promptfoo import Promptfoo
from bench.peers.python_peers import DeepEval, InspectAI, LmEval, PydanticEvals
from bench.runs import Workspace, make_workspace, serve

_PEERS: tuple[type[Peer], ...] = (PydanticEvals, DeepEval, LmEval, Promptfoo, InspectAI)
_CALLS = 1000
_ROUNDS = 3


def main(folder: Path) -> int:
    """0 after all that are installed were measured; those that are not are named with how they are installed."""
    peers = [peer(folder.resolve() / peer.name) for peer in _PEERS]
    for peer in peers:
        if not peer.program.exists():
            print(f"{peer.name} is not installed: {peer.install.format(env=folder / peer.name)}")
    installed = [peer for peer in peers if peer.program.exists()]
    for peer in installed:
        print(peer.version())
    if not installed:
        return 0
    with tempfile.TemporaryDirectory() as root:
        workspace = make_workspace(Path(root) / "evalc", _CALLS)
        for latency_s, concurrency in ((0.0, 50), (0.02, 200)):
            _compare(installed, workspace, latency_s=latency_s, concurrency=concurrency)
    return 0


def _compare(peers: Sequence[Peer], workspace: Workspace, *, latency_s: float, concurrency: int) -> None:
    contenders = [partial(_evalc, workspace, latency_s, concurrency)]
    contenders += [partial(_peer, peer, workspace.cases, latency_s, concurrency) for peer in peers]
    ours, *theirs = interleave(contenders, rounds=_ROUNDS)
    fastest = min(cost.cpu_s for cost in theirs)
    print(f"{_CALLS} cases, {concurrency} at a time, {latency_s * 1000:g} ms")
    print(f"  {Figure('evalc run, CPU', ours.cpu_s, 's', 'the fastest peer', fastest, 0.35, 'ratio').row()}")
    for name, cost in zip(("evalc", *(peer.name for peer in peers)), (ours, *theirs), strict=True):
        print(f"  {name:<16} CPU {cost.cpu_s:6.2f} s   wall {cost.wall_s:6.2f} s   memory {cost.memory_mb:4.0f} MB")


def _evalc(workspace: Workspace, latency_s: float, concurrency: int) -> Cost:
    with serve(latency_s) as endpoint:
        return workspace.run(endpoint, "--target", "served", concurrency=concurrency)


def _peer(peer: Peer, cases: Path, latency_s: float, concurrency: int) -> Cost:
    """What a peer took.

    Raises:
        RuntimeError: It ended badly, or has not asked each question once.
    """
    with tempfile.TemporaryDirectory() as folder, serve(latency_s) as endpoint:
        task = Task(cases.resolve(), endpoint.url, concurrency, Path(folder))
        peer.prepare(task)
        cost = run_command(peer.command(task), environment=peer.variables, codes=peer.codes, folder=task.folder)
        if (calls := endpoint.counts().calls) != _CALLS:
            raise RuntimeError(f"{peer.name} made {calls} calls for {_CALLS} cases")
        return cost


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/peers")))
