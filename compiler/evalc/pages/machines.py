"""The page about the files for machines, and those of them that stand for the whole catalog."""

import json
from collections.abc import Iterator, Sequence

from evalc.model.stored import Stored
from evalc.pages._address import MACHINES_PATH, eval_path, root_of
from evalc.pages._copies import CatalogCopy, EvalCopy
from evalc.pages._environment import render
from evalc.pages._feed import FEED_PATH, make_feed
from evalc.pages._head import Head, render_head
from evalc.pages._llms import make_llms
from evalc.pages._words import say
from evalc.pages.contract import Copy, Library, Page, PageType

SCHEMAS: dict[str, type[Stored]] = {"catalog": CatalogCopy, "eval": EvalCopy}
"""The formats whose JSON Schemas are published, by the names of their files."""


class MachinesPage(PageType):
    """What programs can read here: copies of the catalog and of each eval, schemas, the feed, badges."""

    def subjects(self, library: Library) -> Sequence[str]:
        return [""] if library.heads else []

    def path(self, subject: str) -> str:
        return MACHINES_PATH

    def title(self, library: Library, subject: str) -> str:
        return say("machines.title")

    def render(self, library: Library, subject: str) -> Page:
        title = self.title(library, subject)
        description = self.summary(library, subject)
        head = render_head(library, Head(MACHINES_PATH, title, description))
        body = render(
            "machines.html",
            root=root_of(MACHINES_PATH),
            title=title,
            description=description,
            example=eval_path(library.heads[0].id),
            feed=FEED_PATH if library.run_ids() or library.changes else "",
            schemas=list(SCHEMAS),
        )
        return Page(MACHINES_PATH, title, description, head, body, summary=description)

    def summary(self, library: Library, subject: str) -> str:
        return say("machines.description")

    def copies(self, library: Library, subject: str) -> Iterator[Copy]:
        yield make_llms(library)
        # Where there are runs it is theirs.
        if library.changes and not library.run_ids():
            yield make_feed(library)
        for name, model in SCHEMAS.items():
            yield Copy(f"{MACHINES_PATH}{name}.schema.json", schema_text(model))


def schema_text(model: type[Stored]) -> str:
    """The JSON Schema of a stored format, as a file holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | model.model_json_schema(mode="serialization")
    return json.dumps(schema, indent=1, sort_keys=True) + "\n"
