"""English words that decide what a sentence says."""

import re

NEGATIONS = frozenset(
    """
    no not never none nothing nobody nowhere neither nor cannot without except unless but only instead rather hardly
    barely despite
    """.split()
)

QUANTITIES = frozenset(
    """
    all any each every everything everyone anything anyone both either half some something most many much more less
    few fewer several least twice once always often sometimes usually again first second third last next zero one two
    three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty ninety hundred thousand
    million dozen percent exactly approximately almost up
    """.split()
)

CONDITIONS = frozenset(
    """
    must shall should may might can could need needs if when while until till before after during within beyond since
    because or and than above below over under between from by off out
    """.split()
)

_OPPOSITE_STEMS = """
    accept allow approv agree add admit acknowledg ask answer bad best better block buy cancel clos confirm creat
    decreas delet deny deni declin disabl disagre drop early enabl exclud expos fail false fast forbid forget forgot
    forward give good grant hid high ignor illegal includ increas invent keep kept large late leav left legal lose lost
    low mention name new offer old omit open optional paid pass pay permit private prohibit promis public rais refund
    refus reject remov remember repeat requir reveal right safe secret sell send share short show skip slow small start
    state stop tell told true use wait warn withhold worse worst wrong yes
    """.split()

OPPOSITE = re.compile(rf"(?:un|in|dis|non|im)?(?:{'|'.join(_OPPOSITE_STEMS)})")
"""Words that turn a sentence round when one takes another's place, by their beginnings: matches a folded word."""

PUNCTUATION = frozenset(".,;:!?…-\u2013\u2014()[]'\"\u2018\u2019“”«»*_`")
"""Signs that only punctuate; any other sign, such as % or <, is a fact."""

PLAIN = frozenset(
    """
    the a an of to is are was be been it its that this which in on for with as at have has had he she they you your i
    we our their his her do does did will would and or if not by from must so then there these those what who where how
    """.split()
)
"""Words that any English text is full of, and that carry no content."""
