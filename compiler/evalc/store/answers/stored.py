"""The answers of an earlier run, given again."""

from collections import deque
from collections.abc import Iterable

from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.store.index import LogIndex
from evalc.store.read import LogReader
from evalc.store.record import ResultRecord
from evalc.targets.contract import OpenTargets, Target, TargetError


class NoStoredAnswer(TargetError):
    """The run that is judged again has no answer to this question."""

    kind = "case-fatal"

    def __init__(self, run_id: str, key: str) -> None:
        super().__init__(f"the run {run_id} has no answer to {key}")


class StoredAnswers(Target):
    """Gives the answers of a target in an earlier run, in the order in which it gave them. They cost nothing now."""

    gives_whole_answers = True

    def __init__(self, card: TargetCard, index: LogIndex, reader: LogReader) -> None:
        self.card = card
        self._index = index
        self._reader = reader
        self._left: dict[str, deque[Response]] = {}

    async def ask(self, prompt: Prompt) -> Response:
        question, _, _ = prompt.key.rpartition("/")
        trial_id = f"{self.card.name}:{question}"
        left = self._left.pop(trial_id, None) or self._read(trial_id)
        if not left:
            raise NoStoredAnswer(self._index.head.run_id, prompt.key)
        response = left.popleft()
        if left:
            self._left[trial_id] = left
        return response.model_copy(update={"cost_usd": 0.0})

    def _read(self, trial_id: str) -> deque[Response]:
        place = self._index.results.get(trial_id)
        record = self._reader.record(place.start) if place else None
        return deque(record.result.responses) if isinstance(record, ResultRecord) else deque()


def open_stored(cards: Iterable[TargetCard], index: LogIndex, *, judges: OpenTargets) -> OpenTargets:
    """The targets of an earlier run, which give their answers again, with judges to ask about them."""
    reader = LogReader(index.path)
    targets = {card.name: StoredAnswers(card, index, reader) for card in cards}
    return OpenTargets(targets=targets, judges=judges.judges)
