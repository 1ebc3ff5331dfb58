"""An Atom feed of runs, newest first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from evalc.pages._address import RUNS_PATH
from evalc.pages._environment import render
from evalc.pages._figures import as_moment
from evalc.pages._runs import Run, list_evals, view_run
from evalc.pages._words import say
from evalc.pages.contract import Copy, Library

FEED_PATH = f"{RUNS_PATH}feed.xml"
ENTRIES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A run in the feed; `link` is absolute where the site's address is known, and from the feed's own folder else."""

    id: str
    title: str
    link: str
    updated: str
    summary: str


def make_feed(library: Library) -> Copy:
    """The feed of the newest runs; one whose log says no readable moment is left out."""
    found = (_entry(library, view_run(library, id_)) for id_ in library.run_ids()[:ENTRIES_SHOWN])
    entries = [entry for entry in found if entry]
    base = library.address and library.address.rstrip("/") + "/"
    text = render(
        "feed.xml",
        id=f"{base}{FEED_PATH}" if base else "urn:evalc:runs",
        link=f"{base}{RUNS_PATH}" if base else "./",
        own=f"{base}{FEED_PATH}" if base else "feed.xml",
        updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
        entries=entries,
    )
    return Copy(FEED_PATH, str(text))


def _entry(library: Library, run: Run) -> Entry | None:
    updated = _timestamp(run.finished_at) or _timestamp(run.started_at)
    if not updated:
        return None
    flips = [flip for each in list_evals(library, run) for flip in each.flips]
    verdicts = (
        say("feed.count", n=count, verdict=say(f"outcome.{name}")) for name, count in sorted(run.verdicts.items())
    )
    base = library.address and library.address.rstrip("/") + "/"
    return Entry(
        id=f"urn:evalc:run:{quote(run.id, safe='', errors='replace')}",
        title=say("feed.title", moment=as_moment(run.started_at), verdicts=", ".join(verdicts)),
        link=base + run.path if base else run.path.removeprefix(RUNS_PATH),
        updated=updated,
        summary=say(
            "feed.summary",
            n=run.evals,
            targets=", ".join(target.name for target in run.targets),
            flips=say("feed.flips", n=len(flips), lost=sum(found.flip.is_loss for found in flips)),
        ),
    )


def _timestamp(moment: str) -> str:
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
