"""What every rule of the linter keeps: its page is true, it can be allowed, and its level can be chosen."""

import re

import pytest

from evalc.base.diagnostic import Code
from evalc.lint import codes
from evalc.lint._linting import lint_rules
from tests.lint.specs import found_in, with_surroundings

RULES = {rule.name: rule.rule for rule in lint_rules()}
CODES = [value for value in vars(codes).values() if isinstance(value, Code)]


@pytest.mark.parametrize("name", RULES)
def test_what_a_page_shows_as_wrong_is_found(name: str) -> None:
    """A page whose example shows something else teaches the wrong thing."""
    assert [name] == sorted(set(found_in(RULES[name].page().wrong)))


@pytest.mark.parametrize("name", RULES)
def test_what_a_page_shows_as_right_is_right(name: str) -> None:
    """An author who writes what the page shows must not get the next finding."""
    assert [] == found_in(RULES[name].page().right)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_pages_about_suppressions_show_what_they_say(code: Code) -> None:
    """Suppressions have pages too."""
    assert code.name in found_in(code.wrong)
    assert [] == found_in(code.right)


@pytest.mark.parametrize("name", RULES)
def test_a_page_says_what_is_found_and_why(name: str) -> None:
    """A rule whose reason nobody reads is switched off."""
    page = RULES[name].page()

    assert re.fullmatch(r"[A-Z].{20,160}\.", page.summary)
    assert len(page.meaning) > 40


@pytest.mark.parametrize("name", RULES)
def test_each_finding_can_be_allowed_with_a_reason(name: str) -> None:
    """A rule knows cases in general, and an author knows this one."""
    wrong = with_surroundings({"part.evalc": RULES[name].page().wrong})["part.evalc"]
    allowed = re.sub(r"^(?=\S)", f"# allow {name}: it is meant so\n", wrong, flags=re.MULTILINE)
    found = found_in(allowed)

    assert name not in found
    assert set(found) <= {"unused-suppression"}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_that_is_off_says_nothing(name: str) -> None:
    """A workspace decides what it wants to hear about."""
    wrong = RULES[name].page().wrong

    assert [] == found_in(wrong, {name: "off"})
    assert [] == found_in(f"# allow {name}: it is meant so\n{wrong}", {name: "off"})
