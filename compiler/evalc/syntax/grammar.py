"""The two grammars as parsers, and the lexer that they share."""

from collections.abc import Callable, Iterator
from functools import cache
from re import Match, Pattern
from re import compile as compile_pattern
from typing import TYPE_CHECKING, Literal, cast

from lark import Lark, Transformer
from lark.common import LexerConf
from lark.lexer import Lexer, LexerState, TerminalDef, Token

from evalc.base.assets import asset_folder

if TYPE_CHECKING:
    from lark.parsers.lalr_parser_state import ParserState

IN_BRACKETS = r'[^()"\n]*(?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"[^()"\n]*)*'
"""What matches all that stands in the brackets behind the name of a field, as `evalc.lark` says it."""

Matcher = Callable[[str, int], Match[str] | None]
Rows = list["LineToken | Rows"]


class LineToken:
    """A token as its kind and its range of code points; the text is cut out by whoever needs it."""

    __slots__ = ("end_pos", "start_pos", "type")

    # lark copies these from the last token to the end of input, and they are shown nowhere.
    line = column = end_line = end_column = 0

    def __init__(self, type: str, start_pos: int, end_pos: int) -> None:
        self.type = type
        self.start_pos = start_pos
        self.end_pos = end_pos


def lines_of(text: str, token: LineToken) -> list[LineToken]:
    """One token for each line of a token of several, such as checks that follow each other.

    A field with text below it, and a block's header, are one line together with all that belongs to them.
    """
    if not token.type.endswith(("CHECK", "FIELD")):
        return [token]
    lines = []
    start = token.start_pos
    while start < token.end_pos:
        end = text.index("\n", start) + 1
        lines.append(LineToken(token.type, start, end))
        start = end
    return lines


class OffsetLexer(Lexer):
    """A contextual lexer that counts no lines and copies no text.

    At each place it tries the terminals that the parser can take there, in lark's order: by priority, then by length.
    Where none fits it gives a token `UNREADABLE`, which no grammar has, so that the parser reports the place.
    """

    # lark reads this name to know what `lex` is given.
    __future_interface__ = 2

    def __init__(self, conf: LexerConf) -> None:
        self._terminals = tuple(conf.terminals)
        self._ignored = frozenset(conf.ignore)
        self._by_state: dict[int, Matcher] = {}
        self._by_names: dict[frozenset[str], Matcher] = {}

    def lex(self, lexer_state: LexerState, parser_state: "ParserState[int]") -> Iterator[Token]:
        """The tokens of a text, each matched when the parser has taken the one before."""
        given = lexer_state.text
        text: str = given[0] if isinstance(given, tuple) else given.text
        stack, matchers, ignored = parser_state.state_stack, self._by_state, self._ignored
        at, end = 0, len(text)
        while at < end:
            match = matchers.get(stack[-1]) or self._matcher(parser_state)
            found = match(text, at)
            kind = found.lastgroup if found else "UNREADABLE"
            start, at = at, found.end() if found else end
            if kind not in ignored:
                yield LineToken(kind, start, at)  # type: ignore[misc, arg-type]  # lark asks for no more than this

    def _matcher(self, parser_state: "ParserState[int]") -> Matcher:
        state = parser_state.position
        names = frozenset(parser_state.parse_conf.states[state]) | self._ignored
        if names not in self._by_names:
            self._by_names[names] = _pattern([terminal for terminal in self._terminals if terminal.name in names]).match
        self._by_state[state] = self._by_names[names]
        return self._by_names[names]


class _Rows(Transformer[LineToken, Rows]):
    """Each rule as the list of its tokens and of the lists of the rules in it."""

    def none(self, children: Rows) -> Rows:
        return children

    first = clause = none

    def more(self, children: Rows) -> Rows:
        found = cast(Rows, children[0])
        found += children[1:]
        return found


@cache
def line_parser(lexer: type[Lexer] | Literal["contextual"] = OffsetLexer) -> Lark:
    """The parser of a whole text into lines: `[item, [HEAD, field, [SUBHEAD, field]], ...]`."""
    return _parser("evalc.lark", ["start"], lexer)


@cache
def clause_parser(lexer: type[Lexer] | Literal["contextual"] = OffsetLexer) -> Lark:
    """The parser of one clause or one rule; the start rule is `clause` or `rule`."""
    return _parser("check.lark", ["clause", "rule"], lexer)


def parse_clause(text: str, start: Literal["clause", "rule"]) -> Rows:
    """The tokens of one clause, or the lists of tokens of one rule.

    Raises:
        UnexpectedInput: the text is no clause or no rule.
    """
    # lark readies a text for the counting of lines; what comes in a tuple it hands on as it is, in less time.
    return cast(Rows, clause_parser().parse((text,), start))


@cache
def clause_pattern() -> Pattern[str]:
    """What matches a clause at once: the terminals of its rule as groups, none of which gives back what it has taken.

    The parser takes ten times as long for three tokens. Where the text does not match, it can tell why.
    """
    terminals = {terminal.name: terminal.pattern.to_regexp() for terminal in clause_parser().terminals}
    level, words, label = [f"(?P<{name}>(?>{terminals[name]}))" for name in ("LEVEL", "WORDS", "LABEL")]
    return compile_pattern(f"{level}{words}(?:{label})?")


@cache
def word_pattern() -> Pattern[str]:
    """What finds the next word of a clause; the name of its last group is the kind of terminal."""
    names = {"NAME", "TEXT", "PATTERN", "NUMBER", "PATH", "OPERATOR", "COMMA"}
    return _pattern([terminal for terminal in clause_parser().terminals if terminal.name in names])


def _pattern(terminals: list[TerminalDef]) -> Pattern[str]:
    """What matches the first of some terminals in lark's order: by priority, then by length."""
    ordered = sorted(terminals, key=lambda t: (-t.priority, -t.pattern.max_width, -len(t.pattern.value), t.name))
    return compile_pattern("|".join(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in ordered))


def _parser(name: str, start: list[str], lexer: type[Lexer] | Literal["contextual"]) -> Lark:
    text = (asset_folder("grammar") / name).read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=lexer, start=start, transformer=_Rows(), maybe_placeholders=False)
