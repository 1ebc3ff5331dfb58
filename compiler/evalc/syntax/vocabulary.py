"""The words of the language: which fields each kind of block takes, and what they mean."""

from typing import Literal

from evalc.base.record import record

ValueKind = Literal["line", "list", "prose", "table", "name", "number", "choice", "scale"]


@record
class FieldKind:
    """One field: how its value is written, and its entry in the reference.

    `choices` are the words of a choice. `repeats` tells that a block may have the field more than once.
    """

    name: str
    value: ValueKind
    doc: str
    example: str
    choices: tuple[str, ...] = ()
    is_required: bool = False
    repeats: bool = False
    takes_file: bool = False
    takes_qualifier: bool = False


@record
class BlockKind:
    """One kind of block: where it stands, its fields in the order of the formatter, and its entry in the reference.

    `parents` are the blocks that it stands in, none for one at the left margin. `order` is the formatter's order of
    everything in it: names of fields, keywords of blocks, `must` for all checks and `pass when`; those that share a
    place are joined by a space and keep the order written. An open block takes fields of any name.
    """

    keyword: str
    parents: tuple[str, ...]
    doc: str
    example: str
    fields: tuple[FieldKind, ...]
    takes_checks: bool = False
    takes_rule: bool = False
    order: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """The formatter's order as names that share a place; without an order, that of the fields."""
        order = self.order or tuple(field.name for field in self.fields)
        # `pass when` is two words of one name.
        return tuple((place,) if place == "pass when" else tuple(place.split()) for place in order)

    def field(self, name: str) -> FieldKind | None:
        """The field of this name; any whole number is the field of anchors, where a block has them."""
        wanted = ANCHOR if name.isdecimal() else name
        return next((field for field in self.fields if field.name == wanted), None)


_ACCEPT = FieldKind(
    "accept",
    "line",
    "Who takes a weakening that this change makes, and why: its kind as `evalc diff` names it, with the name of what "
    "was weakened where there are several. Kept as a record; it accepts nothing in a later change.",
    "accept: check-loosened by Anna: the limit was a guess",
    repeats=True,
)

# Anchors are fields named by their score; they share one entry.
ANCHOR = "5"

_VENDOR = BlockKind(
    keyword="vendor",
    parents=(),
    doc="Who makes the product that evals are about. Its facts stand at the top of each page of its evals.",
    example="vendor baseten: Baseten\n  product: Baseten\n  industry: AI infrastructure\n",
    fields=(
        FieldKind("product", "line", "The product that the evals are about.", "product: Baseten"),
        FieldKind("segment", "line", "The part of the market it sells to.", "segment: AI model serving"),
        FieldKind("industry", "line", "The industry it belongs to.", "industry: AI infrastructure"),
        FieldKind("employees", "line", "How many people work there, as text.", "employees: 51-200"),
        FieldKind("headquarters", "line", "Where its head office is.", "headquarters: San Francisco, USA"),
        FieldKind("website", "line", "The address of its website.", "website: https://www.baseten.co"),
        FieldKind(
            "about",
            "prose",
            "One or two sentences about the vendor.",
            "about:\n  A platform that serves models, with scaling and monitoring.",
            takes_file=True,
        ),
        FieldKind("logo", "line", "A picture beside this file.", 'logo: file "logos/baseten.svg"', takes_file=True),
    ),
)

_RUBRIC = BlockKind(
    keyword="rubric",
    parents=(),
    doc="How a judge grades an answer: a scale, criteria with anchors, and when the grade passes.",
    example=(
        "rubric tone: Tone of a reply\n  scale: 1 to 5\n"
        "  criterion warmth: The customer feels taken seriously\n"
        "    5: Names the harm and apologises once.\n    1: Blames the customer.\n  pass when mean >= 4\n"
    ),
    fields=(
        FieldKind(
            "scale",
            "scale",
            "What a judge may answer: whole numbers `1 to 5`, or `met` for met, not met, cannot tell.",
            "scale: 1 to 5",
            is_required=True,
        ),
        FieldKind(
            "about",
            "prose",
            "What a judge should know before it looks at any criterion.",
            "about:\n  Judge only what the reply says.",
            takes_file=True,
        ),
        FieldKind(
            "examples",
            "choice",
            "Whether a judge sees the good and bad answers of the case; usually they are hidden from it.",
            "examples: show",
            choices=("hide", "show"),
        ),
        FieldKind(
            "judge",
            "choice",
            "Whether a judge is asked about one criterion at a time, as is usual, or about all together in one call.",
            "judge: together",
            choices=("separately", "together"),
        ),
        _ACCEPT,
    ),
    takes_rule=True,
    order=("scale", "about", "examples", "judge", "accept", "criterion", "pass when"),
)

_CRITERION = BlockKind(
    keyword="criterion",
    parents=("rubric",),
    doc="One thing that a rubric looks at. Its title says what is true of a good answer.",
    example=(
        "criterion safety: The operator is warned of what cannot be undone\n  weight: 2\n"
        "  5: Names the risk and how to check the result.\n  1: Presents a risky step as harmless.\n"
    ),
    fields=(
        FieldKind(
            "about", "prose", "What a judge should mind here.", "about:\n  Tone does not count.", takes_file=True
        ),
        FieldKind("weight", "number", "How much it counts in the mean; 1 when not given.", "weight: 2"),
        FieldKind(
            "required",
            "choice",
            "Whether a failure of this criterion alone fails the answer.",
            "required: yes",
            choices=("yes", "no"),
        ),
        FieldKind(
            "forbidden",
            "choice",
            "Whether the criterion names a fault: it passes when the answer does not show it.",
            "forbidden: yes",
            choices=("yes", "no"),
        ),
        FieldKind(
            ANCHOR,
            "prose",
            "What an answer looks like that earns this score; any whole number of the scale, at least both ends.",
            "5: Every statement holds, and nothing that matters is left out.",
        ),
        FieldKind("met", "prose", "On a `met` scale: what an answer looks like that meets it.", "met: Names the risk."),
        FieldKind(
            "not-met",
            "prose",
            "On a `met` scale: what an answer looks like that does not meet it.",
            "not-met: Leaves the risk out.",
        ),
    ),
    order=("about", "weight", "required", "forbidden", f"{ANCHOR} met not-met"),
)

_EVAL = BlockKind(
    keyword="eval",
    parents=(),
    doc="One page of the catalog. The cases of its file belong to it, and its fields are the page's facts.",
    example=(
        "eval chains: Chains\n  for: baseten\n  category: AI Platform\n  version: 1.0.0\n"
        "  pass when critical = 100% and overall >= 80%\n"
    ),
    fields=(
        FieldKind("for", "name", "The vendor whose product this is about.", "for: baseten", is_required=True),
        FieldKind("category", "line", "The catalog's shelf.", "category: AI Platform", is_required=True),
        FieldKind("agent-type", "line", "The kind of agent it tests.", "agent-type: Support Bot"),
        FieldKind("metrics", "list", "What it measures; up to three.", "metrics: Answer Relevance, Task Completion"),
        FieldKind(
            "version", "line", "The version of this eval, as major.minor.patch.", "version: 1.0.0", is_required=True
        ),
        FieldKind(
            "status",
            "choice",
            "How far it may be relied on; `draft` when not given.",
            "status: stable",
            choices=("draft", "beta", "stable", "retired"),
        ),
        FieldKind("owner", "line", "Who answers for it: a team or an address.", "owner: serving-quality"),
        FieldKind("license", "line", "The licence of its text, as an SPDX name.", "license: CC-BY-4.0"),
        FieldKind(
            "description", "line", "One line for lists and search.", "description: Promotion, rollback, isolation"
        ),
        FieldKind(
            "about",
            "prose",
            "What it measures and why that matters, for readers of its page.",
            "about:\n  Whether an assistant applies the refund policy.",
            takes_file=True,
        ),
        FieldKind("source", "line", "Where its cases come from.", "source: incident reviews, 2026"),
        FieldKind(
            "use-cases", "list", "What the product is used for here.", "use-cases:\n  - Recover from a bad release"
        ),
        FieldKind("recommended-for", "list", "Who should run it.", "recommended-for: platform engineers"),
        FieldKind("works-with", "list", "What it can be run against.", "works-with: zendesk, intercom"),
        FieldKind("related", "list", "Names of other evals that a reader may want.", "related: chains, predict"),
        FieldKind("tags", "list", "Words to select and filter by.", "tags: serving, safety"),
        FieldKind(
            "severity",
            "choice",
            "The severity of its cases that name none.",
            "severity: high",
            choices=("critical", "high", "medium", "low"),
        ),
        FieldKind("rubric", "list", "The rubrics that grade all its cases.", "rubric: operator-guidance"),
        FieldKind("formerly", "list", "Earlier names, so that its history stays joined.", "formerly: deployments"),
        _ACCEPT,
    ),
    takes_rule=True,
    order=(
        *("for", "category", "agent-type", "metrics", "version", "status", "owner", "license", "description"),
        *("about", "source", "use-cases", "recommended-for", "works-with", "related", "tags", "severity"),
        *("rubric", "formerly", "accept", "pass when"),
    ),
)

_CASE = BlockKind(
    keyword="case",
    parents=(),
    doc="One scenario: what is asked, what should come back, and how that is checked.",
    example=(
        "case window-edge: A lamp on the last day\n  severity: high\n  input:\n    May I return the lamp today?\n"
        '  must contain "30 days"\n'
    ),
    fields=(
        FieldKind(
            "severity",
            "choice",
            "How bad a failure is. Each case has one, its own or its eval's.",
            "severity: critical",
            choices=("critical", "high", "medium", "low"),
        ),
        FieldKind("tags", "list", "Words to select and filter by.", "tags: refund, photo"),
        FieldKind(
            "control",
            "choice",
            "`negative` marks a case in which doing nothing or refusing is right.",
            "control: negative",
            choices=("negative",),
        ),
        FieldKind("source", "line", "Where the case comes from.", "source: incident review, 2026-03"),
        FieldKind("formerly", "list", "Earlier names, so that its history stays joined.", "formerly: rollback"),
        _ACCEPT,
        FieldKind(
            "each",
            "table",
            "One case a row: a table below, or a file of rows, with a column `id`. `{{column}}` stands for a cell.",
            "each:\n  | id    | days |\n  | early | 10   |\n  | late  | 45   |",
            takes_file=True,
        ),
        FieldKind(
            "tools",
            "prose",
            "The tools that the target may call, as JSON.",
            'tools: file "tools.json"',
            takes_file=True,
        ),
        FieldKind(
            "system",
            "prose",
            "The instruction before the conversation.",
            "system:\n  You help operators.",
            takes_file=True,
        ),
        FieldKind(
            "user",
            "prose",
            "A turn of the user; the target answers unless an `assistant:` follows.",
            "user:\n  Can I delete v2?",
            repeats=True,
            takes_file=True,
        ),
        FieldKind(
            "assistant",
            "prose",
            "A turn given as if the target had said it.",
            "assistant:\n  Which release do you mean?",
            repeats=True,
            takes_file=True,
        ),
        FieldKind(
            "input", "prose", "The only turn of the user.", "input:\n  What is the capital of France?", takes_file=True
        ),
        FieldKind(
            "expect",
            "prose",
            "The behaviour that is expected, for readers and for judges.",
            "expect:\n  Names Paris and nothing else.",
            takes_file=True,
        ),
        FieldKind("rubric", "list", "The rubrics that grade this case.", "rubric: tone"),
        FieldKind("repeat", "number", "How often a run asks it; once when not given.", "repeat: 5"),
        FieldKind(
            "good",
            "prose",
            "An answer that passes; in brackets, scores of criteria, and the calls of tools that are made for it.",
            'good (calls create_key with $.scope = "invoke"):\n  Your key can invoke the model, and nothing else.',
            repeats=True,
            takes_file=True,
            takes_qualifier=True,
        ),
        FieldKind(
            "bad",
            "prose",
            "An answer that fails; in brackets, the checks that it breaks, scores of criteria, and calls of tools.",
            "bad (breaks names-paris):\n  Lyon.",
            repeats=True,
            takes_file=True,
            takes_qualifier=True,
        ),
    ),
    takes_checks=True,
    takes_rule=True,
    order=(
        *("severity", "tags", "control", "source", "formerly", "accept", "each", "row"),
        "tools system user assistant input reply",
        *("expect", "must", "rubric", "repeat", "pass when", "good bad"),
    ),
)

_REPLY = BlockKind(
    keyword="reply",
    parents=("case",),
    doc="Checks of the answer that the target gives at this point of a conversation.",
    example="reply first\n  must refuse\n",
    fields=(),
    takes_checks=True,
    order=("must",),
)

_ROW = BlockKind(
    keyword="row",
    parents=("case",),
    doc="A row of `each` whose cells are prose: its name is the row's id, its fields are the columns.",
    example="row angry\n  message:\n    This is the third time I write to you.\n",
    fields=(),
    is_open=True,
)

BLOCKS: dict[str, BlockKind] = {
    kind.keyword: kind for kind in (_VENDOR, _RUBRIC, _CRITERION, _EVAL, _CASE, _REPLY, _ROW)
}
