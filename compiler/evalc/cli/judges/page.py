"""The page on which a person gives verdicts in a browser: plain HTML with forms, and no script."""

from collections.abc import Sequence
from html import escape

from evalc.base.visible import visible
from evalc.cli.judges.reviewing import blocks, heading
from evalc.report.judges.flagged import Flagged

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
article { border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: .5rem;
  padding: 1rem; margin: 1.5rem 0; }
h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
h3 { font-size: .85rem; margin: 1rem 0 .25rem; opacity: .75; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: .5rem .75rem; border-radius: .25rem;
  background: color-mix(in srgb, currentColor 7%, transparent); font-size: .875rem; }
.flags { font-weight: 600; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: 1rem; }
label { display: inline-flex; gap: .35rem; align-items: center; }
input[type=text] { font: inherit; flex: 1 1 14rem; padding: .35rem .5rem; }
button { font: inherit; padding: .35rem 1rem; }
"""


def review_page(run_id: str, flagged: Sequence[Flagged], *, by: str, guard: str) -> str:
    """The page of a run with a form for each flagged result; `guard` has to come back with each form.

    Every text of the run is escaped, and nothing in it is a link or Markdown.
    """
    articles = "\n".join(_article(number, one, by=by, guard=guard) for number, one in enumerate(flagged))
    counted = f"{len(flagged)} result{'' if len(flagged) == 1 else 's'} to look at"
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Review of {_text(run_id)}</title>
<style>{STYLE}</style>
<body>
<h1>Review of {_text(run_id)}</h1>
<p>{counted}. What you say is kept beside the results and shown with them; it replaces none.</p>
{articles}
<form method="post" action="/done"><input type="hidden" name="guard" value="{_text(guard)}"><button>Done</button></form>
</body>
</html>
"""


def _article(number: int, one: Flagged, *, by: str, guard: str) -> str:
    shown = "\n".join(f"<h3>{_text(name)}</h3><pre>{_text(text)}</pre>" for name, text in blocks(one))
    return f"""<article id="r{number}" aria-labelledby="t{number}">
<h2 id="t{number}">{_text(heading(one))}</h2>
<p class="flags">{_text("; ".join(one.flags))}</p>
{shown}
<form method="post" action="/verdict">
<input type="hidden" name="guard" value="{_text(guard)}">
<input type="hidden" name="number" value="{number}">
<label><input type="radio" name="verdict" value="passed" required> passed</label>
<label><input type="radio" name="verdict" value="failed" required> failed</label>
<input type="text" name="reason" aria-label="Reason" placeholder="why" required maxlength="2000">
<input type="text" name="by" aria-label="Your name" placeholder="your name" required maxlength="200"
  value="{_text(by)}">
<button>Save</button>
</form>
</article>"""


def _text(text: str) -> str:
    shown = "\n".join(visible(line) for line in text.splitlines())
    return escape(shown, quote=True)
