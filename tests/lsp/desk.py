"""A folder with specs, one of them open, and a caret in it."""

from dataclasses import dataclass
from pathlib import Path

from evalc.lsp.documents import Documents
from evalc.lsp.view import View

CARET = "‸"

LIBRARY = """\
vendor atlas: Atlas
  product: Atlas Assistant
  about:
    Atlas knows the world.

rubric tone: Tone of an answer
  scale: 1 to 5
  criterion warmth: The reader feels welcome
    5: Greets and thanks.
    1: Scolds.
  criterion brevity: Nothing is said twice
    5: One sentence.
    1: A lecture.
  pass when mean >= 4 and no criterion below 2

let greeting = "Hello 🌍"
"""

CAPITALS = """\
# Which city rules.
use "library.evalc"

eval capitals: Capitals
  for: atlas
  category: Search
  version: 1.0.0
  rubric: tone
  pass when overall >= 50%

case france: {{greeting}} from 🗼 France
  severity: high
  input:
    🌍 {{greeting}}, what is the capital of France?
  must contain "Paris" as names-paris
  should have words <= 20
  good (warmth 5, brevity 5):
    It is Paris.
  bad (breaks names-paris, warmth 3):
    It is Lyon.

case others: The capital of {{country}}
  severity: low
  each:
    | id   | country | city |
    | peru | Peru    | Lima |
    | mali | Mali    | Bamako |
  input:
    What is the capital of {{country}}?
  must contain "{{city}}"
  must satisfy tone as is-kind
"""


@dataclass(frozen=True)
class Desk:
    """A folder with a library and an eval that uses it, and the documents open over it."""

    folder: Path
    documents: Documents

    def uri(self, path: str) -> str:
        """How an editor names a file of the folder."""
        return (self.folder / path).as_uri()

    def open(self, text: str, path: str = "capitals.evalc") -> tuple[View, int]:
        """What the features see of a text that is open, and the offset of the caret in it, 0 without one."""
        at = max(text.find(CARET), 0)
        self.documents.put(self.uri(path), text.replace(CARET, "", 1))
        view = self.documents.view(self.uri(path), is_whole=True)
        assert view is not None
        return view, at


def with_caret(text: str, before: str, *, later: int = 0, within: int = 0) -> str:
    """A text with the caret in front of its first part that is `before`, or of a later one, some characters on."""
    at = -1
    for _ in range(later + 1):
        at = text.index(before, at + 1)
    return text[: at + within] + CARET + text[at + within :]
