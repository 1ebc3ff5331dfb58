"""The rule `compound-claim`."""

import re
from collections.abc import Iterator

from evalc.lint._claims import claims
from evalc.lint._written import WrittenCatalog
from evalc.lint.contract import LintRule, Remark

# What answers do. A claim that begins with one of these and has another one behind "and" is two claims.
_DOES = """
    admits? adds? advises? apologi[sz]es? asks? avoids? cites? confirms? declines? describes? directs? encourages?
    explains? gives? identif(?:ies|y) informs? invents? keeps? leaves? mentions? promises? proposes? provides?
    recommends? refers? refuses? reminds? suggests? summari[sz]es? tells? warns?
""".split()
# These may be nouns too, so something that a verb takes has to follow.
_MAY_BE_NOUNS = "links? lists? makes? names? notes? offers? points? quotes? repeats? says? shows? states? uses?".split()
_TAKES = r"(?= (?:a|an|any|at|both|each|every|her|his|how|its?|no|nothing|only|that|the|their|them|to|wh\w+)\b)"
_NOT = "(?:(?:does not|doesn't|never|also) )?"
_FIRST = rf"(?:the (?:answer|response|reply) )?{_NOT}(?:{'|'.join(_DOES + _MAY_BE_NOUNS)})\b"
_SECOND = rf"{_NOT}(?:(?:{'|'.join(_DOES)})\b|(?:{'|'.join(_MAY_BE_NOUNS)})\b{_TAKES})"
_COMPOUND = re.compile(
    rf"{_FIRST}(?:[^.;]*? (?P<before>[^ .;]+?))??(?:,? and|,? but|;) {_SECOND}.*|{_FIRST}[^.]*\. {_FIRST}.*",
    re.IGNORECASE,
)
_WORD = re.compile("|".join(_DOES + _MAY_BE_NOUNS), re.IGNORECASE)


class CompoundClaim(LintRule):
    """One claim for a judge says two things.

    When one of them is true and the other is not, judges disagree, and the result does not tell which one failed.
    Two checks, each with a name, say both.

    Wrong:
        case lost-card: A customer lost a card
          severity: high
          input: I lost my card, what now?
          must satisfy "Says how to block the card and asks for no card number" as helps-safely

    Right:
        case lost-card: A customer lost a card
          severity: high
          input: I lost my card, what now?
          must satisfy "Says how to block the card" as says-how-to-block
          must satisfy "Asks for no card number" as asks-for-no-number
    """

    level = "warning"
    message = "this claim says two things, and its verdict will not tell which of them failed"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each claim of a check that has a second one behind an "and"."""
        for claim in claims(catalog):
            if claim.kind == "claim" and _is_compound(" ".join(claim.text.split())):
                yield Remark(claim.source, claim.span, help="write a check for each of the two")


def _is_compound(text: str) -> bool:
    found = _COMPOUND.fullmatch(text)
    # In "whatever the customer says and offers" both verbs are somebody else's.
    return found is not None and not (found["before"] and _WORD.fullmatch(found["before"]))
