"""Files with one fact a line, merged by what the facts are about."""

from hypothesis import given
from hypothesis import strategies as st

from evalc.history.line_merge import merge_lines

_FACTS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["1", "2", "3"]), max_size=8)


def written(facts: dict[str, str]) -> str:
    """A file with these facts, sorted."""
    return "".join(f"{key} {value}\n" for key, value in sorted(facts.items()))


def test_facts_about_other_things_merge_wherever_they_stand() -> None:
    """Two branches that each accept a case of their own do not disagree."""
    found = merge_lines("# head\na 1\n", ours="# head\na 1\nb 1\n", theirs="# head\na 2\nc 1\n")

    assert ("# head\na 2\nc 1\nb 1\n", 0) == found


def test_one_fact_changed_on_both_sides_is_for_people() -> None:
    """A tool that picks one of two would hide that somebody disagreed."""
    found = merge_lines("a 1\nb 1\n", ours="a 2\nb 1\n", theirs="a 3\nb 2\n")

    assert 1 == found.conflicts
    assert "<<<<<<< ours\na 2\n=======\na 3\n>>>>>>> theirs\nb 2\n" == found.text


def test_a_fact_that_one_side_changed_and_the_other_dropped_is_for_people() -> None:
    """Both had a reason."""
    assert ("<<<<<<< ours\na 2\n=======\n>>>>>>> theirs\n", 1) == merge_lines("a 1\n", ours="a 2\n", theirs="")


def test_lines_of_json_are_facts_of_their_own() -> None:
    """Two people say what they think of one result, and both are kept."""
    ours, theirs = '{"by": "ann"}\n', '{"by": "bob"}\n'

    assert (theirs + ours, 0) == merge_lines("", ours=ours, theirs=theirs)


@given(_FACTS, _FACTS, _FACTS)
def test_each_fact_is_merged_alone(base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]) -> None:
    """What one side left alone is as the other side has it, and nothing comes from nowhere."""
    found = merge_lines(written(base), ours=written(ours), theirs=written(theirs))
    wanted, torn = {}, set()
    for key in ours.keys() | theirs.keys() | base.keys():
        was, our, their = base.get(key), ours.get(key), theirs.get(key)
        if our != their and was not in (our, their):
            torn.add(key)
        elif kept := our if their == was else their:
            wanted[key] = kept
    lines = [line for line in found.text.splitlines() if line[0].isalpha()]

    assert len(torn) == found.conflicts
    assert wanted == {key: value for key, value in map(str.split, lines) if key not in torn}


@given(_FACTS, _FACTS)
def test_a_side_that_changed_nothing_takes_the_other_one(base: dict[str, str], other: dict[str, str]) -> None:
    """As for every merge; up to the order of lines, which says nothing."""
    found = merge_lines(written(base), ours=written(base), theirs=written(other))

    assert 0 == found.conflicts
    assert sorted(written(other)) == sorted(found.text)
