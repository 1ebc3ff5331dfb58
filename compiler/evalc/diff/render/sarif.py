"""A review in SARIF, for code scanning and editors."""

import json
from urllib.parse import quote

from evalc.base.digest import digest
from evalc.base.visible import visible
from evalc.diff.kinds.all import KINDS
from evalc.diff.render.phrases import acceptance_of, reach_of, subject_of
from evalc.model.change import Change, Direction, Review

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Direction, str] = {
    "weakened": "warning",
    "behaviour": "note",
    "strengthened": "none",
    "neutral": "none",
    "cosmetic": "none",
}


def render_sarif(review: Review) -> str:
    """A log in SARIF 2.1.0 with one run: each change a result, each kind a rule, an acceptance a suppression."""
    used = sorted({change.kind for change in review.changes})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": name.replace("-", " ")},
            "fullDescription": {"text": KINDS[name].meaning},
            "defaultConfiguration": {"level": _LEVELS[KINDS[name].direction]},
            "properties": {"direction": KINDS[name].direction},
        }
        for name in used
    ]
    run = {
        "tool": {"driver": {"name": "evalc diff", "rules": rules}},
        "results": [_result(change) for change in review.changes],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(change: Change) -> dict[str, object]:
    reach = reach_of(change)
    words = f"{subject_of(change)}: {change.sentence}" + (f"; reaches {reach}" if reach else "")
    level = _LEVELS[change.direction]
    result: dict[str, object] = {
        "ruleId": change.kind,
        "level": level,
        "message": {"text": visible(words)},
        "partialFingerprints": {"change/v1": digest([change.kind, change.subject.id, change.before, change.after])},
    }
    if level == "none":
        # Without a kind a result is a failure, and those are of a level.
        result["kind"] = "informational"
    if change.place:
        artifact = {"uri": quote(change.place.path, errors="replace")}
        location = {"artifactLocation": artifact, "region": {"startLine": change.place.line}}
        result["locations"] = [{"physicalLocation": location}]
    if change.acceptance:
        result["suppressions"] = [{"kind": "external", "justification": visible(acceptance_of(change))}]
    return result
