"""Small catalogs for the tests of this room."""

from collections.abc import Mapping

from evalc.analysis.compilation import Compilation, compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.model.catalog import Eval

WHOLE = """\
let days = 30

vendor acme: Acme
  website: https://acme.example

eval facts: Facts about returns
  for: acme
  category: Support Agent
  version: 1.0.0
  severity: high
  rubric: manners
  pass when high >= 90% and overall >= 80%

rubric manners: Good manners
  scale: 1 to 5
  criterion tone: The answer is polite
    weight: 2
    5: Kind.
    1: Rude.
  criterion short: The answer is short
    5: Short.
    1: Long.
  pass when mean >= 4.0 and no criterion below 3

case window: The window for returns
  tags: returns
  system:
    You work for Acme.
  tools: [{"name": "lookup"}]
  user:
    How long may I return an anvil?
  reply first
    must call lookup
  user:
    And a hammer?
  expect: It says {{days}} days.
  must contain "{{days}} days" as names-the-days
  must match /\\bhammer/i
  should have words <= 50
  good (tone 5, short 4): You have 30 days for a hammer.
  bad (breaks names-the-days): No hammer.

case rows: A question on day {{day}}
  each:
    | id    | day |
    | early | 10  |
    | late  | 45  |
  input: It is day {{day}}. May I return it?
  must contain "{{day}}"
  repeat: 5
  pass when passes >= 4

retired old-window: joined with window
"""


def compiled(files: Mapping[str, str]) -> Compilation:
    """What files in memory mean."""
    return compile_loaded(MemoryLoader(files))


def only_eval(text: str) -> Eval:
    """The eval of a single file without any finding."""
    compilation = compiled({"facts.evalc": text})
    assert not compilation.findings, [finding.message for finding in compilation.findings]
    (found,) = compilation.catalog.evals
    return found
