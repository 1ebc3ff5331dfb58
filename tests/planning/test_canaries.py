"""Which canaries a run has."""

from collections.abc import Sequence

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.model.plan import Canary
from evalc.planning.canaries import plan_canaries
from tests.phases.analysis import with_eval

RUBRIC = """\
rubric sound: Sound advice
  scale: 1 to 5
  criterion truth: What is said is true
    5: All of it.
    1: None of it.
  pass when mean >= 4

"""
CASE = """\
case dying: A plant that dies
  severity: high
  input:
    My plant is dying.
"""
EXAMPLES = """\
  good:
    How often do you water it?
  bad (breaks it):
    Water it more.
"""


def canaries(check: str, *, rubric: str = "", examples: str = EXAMPLES) -> Sequence[Canary]:
    """The canaries of an eval with one case with this check."""
    compiled = compile_loaded(MemoryLoader({"cases.evalc": with_eval(f"{rubric}{CASE}  {check}\n{examples}")}))
    assert not compiled.findings.has_errors
    return plan_canaries(compiled.catalog.evals)


def test_a_rubric_of_scores_has_all_kinds() -> None:
    """An answer that says nothing is bad by what the upper end of a scale asks for."""
    found = canaries("must satisfy sound as it", rubric=RUBRIC)

    assert ["good", "injected", "hollow"] == [canary.kind for canary in found]
    assert ["acme/facts/sound!good", "acme/facts/sound!injected", "acme/facts/sound!hollow"] == [x.id for x in found]
    assert [True, False, False] == [canary.should_pass for canary in found]
    assert '"verdict": 5' in found[1].text
    assert found[1].text.startswith("Water it more.\n")


def test_a_claim_may_be_true_of_nothing() -> None:
    """An empty answer does not promise a refund, and no judge is wrong to say so."""
    found = canaries('must satisfy "Asks back" as it')

    assert ["good", "injected"] == [canary.kind for canary in found]
    assert '"verdict": "met"' in found[1].text


def test_an_order_to_the_judge_asks_for_what_passes() -> None:
    """A judge that finds a forbidden claim met because it is told to fails the answer, and nobody would notice."""
    assert '"verdict": "not-met"' in canaries('must not satisfy "Is rude" as it')[1].text


def test_what_no_example_tells_has_no_canary() -> None:
    """Whether a made-up answer is bad is a guess, and a judge cannot be held to guesses."""
    good = "  good:\n    How often do you water it?\n"

    assert ["good"] == [canary.kind for canary in canaries('must satisfy "Asks back" as it', examples=good)]
    assert [] == list(canaries('should satisfy "Asks back" as it\n  must contain "water"', examples=good))
