"""An Atom feed of runs and of changes of the specs, newest first."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from evalc.model.change import DIRECTIONS
from evalc.model.flip import SpecChange
from evalc.pages._address import LIBRARY_PATH, root_of
from evalc.pages._environment import render
from evalc.pages._figures import as_moment
from evalc.pages._rundown import Run
from evalc.pages._runs import runs_of
from evalc.pages._words import say
from evalc.pages.contract import Copy, Library

FEED_PATH = f"{LIBRARY_PATH}feed.xml"
ENTRIES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A run or a commit; `link` is absolute where the site's address is known, else from the feed's own folder."""

    id: str
    title: str
    link: str
    updated: str
    summary: str


def make_feed(library: Library) -> Copy:
    """The feed of the newest runs and changes; a run whose log says no readable moment is left out."""
    base = library.address.rstrip("/") + "/" if library.address else root_of(FEED_PATH)
    found = [_of_run(run, base) for run in list(runs_of(library).values())[:ENTRIES_SHOWN]]
    found += [_of_change(change, base) for change in library.changes]
    entries = sorted((entry for entry in found if entry), key=lambda entry: entry.updated, reverse=True)[:ENTRIES_SHOWN]
    text = render(
        "feed.xml",
        id=f"{base}{FEED_PATH}" if library.address else "urn:evalc:library",
        link=f"{base}{LIBRARY_PATH}",
        own=f"{base}{FEED_PATH}",
        updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
        entries=entries,
    )
    return Copy(FEED_PATH, str(text))


def _of_change(change: SpecChange, base: str) -> Entry | None:
    if change.commit is None or not _timestamp(change.commit.day):
        return None
    counts = Counter(found.direction for found in change.changes)
    said = (say("feed.count", n=counts[name], verdict=say(f"direction.{name}")) for name in DIRECTIONS if counts[name])
    return Entry(
        id=f"urn:evalc:change:{quote(change.commit.id, safe='', errors='replace')}",
        title=say("feed.change", subject=change.commit.subject),
        link=f"{base}{LIBRARY_PATH}",
        updated=_timestamp(change.commit.day),
        summary=", ".join(said),
    )


def _of_run(run: Run, base: str) -> Entry | None:
    updated = _timestamp(run.finished_at) or _timestamp(run.started_at)
    if not updated:
        return None
    verdicts = (
        say("feed.count", n=count, verdict=say(f"outcome.{name}")) for name, count in sorted(run.verdicts.items())
    )
    return Entry(
        id=f"urn:evalc:run:{quote(run.id, safe='', errors='replace')}",
        title=say("feed.title", moment=as_moment(run.started_at), verdicts=", ".join(verdicts)),
        link=base + run.path,
        updated=updated,
        summary=say(
            "feed.summary",
            n=run.evals_found,
            targets=", ".join(target.name for target in run.targets),
            flips=say("feed.flips", n=run.flips_found, lost=run.losses),
        ),
    )


def _timestamp(moment: str) -> str:
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
