"""Conversations with a target that calls tools."""

from collections.abc import Sequence

from evalc.model.catalog import Case, Tool, ToolReply, Turn
from evalc.model.exchange import Message, Prompt, Response, ToolCall
from evalc.model.plan import TargetCard, Trial
from evalc.model.settings import Limits
from evalc.run.conversation import Conversation, converse
from evalc.targets.contract import Target, TargetError
from tests.builders import make_case
from tests.run.virtual import Failing, make_asker, run_virtually

LOOK = Tool(
    name="look",
    description="",
    parameters={},
    replies=(
        ToolReply(arguments={"at": "map"}, content="Paris"),
        ToolReply(arguments={"at": "sky"}, content="clouds", is_error=True),
    ),
)
LEAVE = Tool(name="leave", description="", parameters={})
CALL = ToolCall(id="1", name="look", arguments={"at": "map"})


class Reader(Target):
    """A target that reads its answers from a list, and remembers its prompts."""

    def __init__(self, *answers: Response | TargetError) -> None:
        self.card = TargetCard(name="reader", type="reader")
        self.prompts: list[Prompt] = []
        self._answers = iter(answers)

    async def ask(self, prompt: Prompt) -> Response:
        self.prompts.append(prompt)
        answer = next(self._answers)
        if isinstance(answer, TargetError):
            raise answer
        return answer


def walk(target: Reader, *, questions: Sequence[str] = ("Where?",), max_steps: int = 5) -> Conversation:
    """What was said between the target and a case with two tools."""
    turns = tuple(Turn(role="user", text=text) for text in questions)
    case: Case = make_case("france").model_copy(update={"turns": turns, "tools": (LOOK, LEAVE)})
    asker, _ = make_asker(target, Limits(max_attempts=1))
    trial = Trial(id=f"reader:{case.id}@1", case_id=case.id, target="reader", repeat=1)
    return run_virtually(converse(case, trial, asker=asker, max_steps=max_steps))


def calling(*calls: ToolCall, text: str = "") -> Response:
    """An answer that calls tools."""
    return Response(text=text, tool_calls=calls, finish_reason="tool-calls")


def results(prompt: Prompt) -> list[tuple[str, bool]]:
    """What the tools gave back so far."""
    return [(message.text, message.is_error) for message in prompt.messages if message.role == "tool"]


def test_a_call_and_its_result_go_back_to_the_target() -> None:
    """An agent that does not see what its tool returned cannot go on."""
    target = Reader(calling(CALL, text="Looking."), Response(text="Paris."))
    walk(target)

    assert (
        Message(role="user", text="Where?"),
        Message(role="assistant", text="Looking.", tool_calls=(CALL,)),
        Message(role="tool", text="Paris", tool_call_id="1"),
    ) == target.prompts[1].messages
    assert ["geo/capitals/france@1/0", "geo/capitals/france@1/0.1"] == [prompt.key for prompt in target.prompts]


def test_calls_and_results_stay_in_the_next_turn() -> None:
    """A question about what was found makes no sense to a target that is shown its words alone."""
    target = Reader(calling(CALL), Response(text="Paris."), Response(text="Two million."))
    walk(target, questions=("Where?", "How many live there?"))

    roles = [message.role for message in target.prompts[2].messages]
    assert ["user", "assistant", "tool", "assistant", "user"] == roles


def test_a_call_that_ends_an_answer_has_a_result_in_the_next_turn() -> None:
    """Endpoints refuse a conversation in which a call has no result."""
    target = Reader(calling(CALL, ToolCall(id="2", name="leave")), Response(text="Bye."))
    walk(target, questions=("Where?", "And now?"))

    assert [("Paris", False), ("", False)] == results(target.prompts[1])


def test_each_call_gets_what_fits_it() -> None:
    """An agent is tested on errors too: wrong arguments, tools that it made up, and what is no JSON."""
    calls = [
        ToolCall(id="1", name="look", arguments={"at": "sky"}),
        ToolCall(id="2", name="look", arguments={"at": "sea"}),
        ToolCall(id="3", name="fly"),
        ToolCall(id="4", name="look", raw='{"at": '),
    ]
    target = Reader(calling(*calls), Response(text="Somewhere."))
    walk(target)

    assert [
        ("clouds", True),
        ("there is nothing for these arguments", True),
        ("there is no tool fly", True),
        ("the arguments are no JSON object", True),
    ] == results(target.prompts[1])


def test_calls_without_ids_get_some_of_their_own() -> None:
    """Results are matched by id, and some endpoints give none."""
    target = Reader(calling(CALL.model_copy(update={"id": ""}), CALL.model_copy(update={"id": ""})), Response(text="."))
    walk(target)

    ids = [message.tool_call_id for message in target.prompts[1].messages if message.role == "tool"]
    assert ids == [call.id for call in target.prompts[1].messages[1].tool_calls]
    assert 2 == len(set(ids))


def test_an_answer_is_the_sum_of_its_steps() -> None:
    """Latency, tokens and cost of an agent are those of all that it did."""
    part = {"latency_s": 0.5, "first_token_s": 0.1, "input_tokens": 10, "output_tokens": 2, "cost_usd": 0.25}
    target = Reader(calling(CALL).model_copy(update=part), Response(text="Paris.").model_copy(update=part))
    response = walk(target).answers[0].response

    assert (1.0, 0.1, 20, 4, 0.5) == (
        response.latency_s,
        response.first_token_s,
        response.input_tokens,
        response.output_tokens,
        response.cost_usd,
    )
    assert ((CALL,), "Paris.", 2) == (response.tool_calls, response.text, len(response.transcript))


def test_a_part_without_a_price_leaves_the_price_unknown() -> None:
    """A sum that lacks something would look like the whole price."""
    target = Reader(calling(CALL).model_copy(update={"cost_usd": 0.25}), Response(text="Paris."))

    assert walk(target).answers[0].response.cost_usd is None


def test_what_a_provider_wants_back_goes_back_and_into_no_record() -> None:
    """Signed thinking is refused when it comes back changed, and is of no use to anybody else."""
    target = Reader(calling(CALL).model_copy(update={"kept": '{"signature": "s"}'}), Response(text="Paris."))
    conversation = walk(target)
    sent = target.prompts[1]

    assert '{"signature": "s"}' == sent.messages[1].kept
    assert "signature" not in sent.model_dump_json() + conversation.answers[0].response.model_dump_json()


def test_a_target_that_never_answers_is_stopped() -> None:
    """Two agents out of ten thousand that call for ever would cost more than all others."""
    target = Reader(*[calling(CALL)] * 9)
    conversation = walk(target, max_steps=3)

    assert 3 == len(target.prompts) == conversation.attempts
    assert "step-limit" == conversation.answers[0].response.finish_reason


def test_a_fault_in_the_middle_leaves_no_answer() -> None:
    """Half of what an agent does is nothing that a check could judge."""
    conversation = walk(Reader(calling(CALL), Failing("case-fatal")))

    assert () == conversation.answers
    assert conversation.fault
    assert 2 == conversation.attempts
