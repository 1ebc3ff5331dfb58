"""The page of one category."""

from collections.abc import Sequence

from evalc.pages._address import category_path, root_of
from evalc.pages._copies import list_evals
from evalc.pages._environment import render
from evalc.pages._head import Head, render_head
from evalc.pages._words import say
from evalc.pages.contract import Library, Page, PageType


class CategoryPage(PageType):
    """All evals of one category, whoever they are about."""

    def subjects(self, library: Library) -> Sequence[str]:
        return sorted(library.categories)

    def path(self, subject: str) -> str:
        return category_path(subject)

    def title(self, library: Library, subject: str) -> str:
        return say("category.title", category=subject)

    def render(self, library: Library, subject: str) -> Page:
        path = self.path(subject)
        title = self.title(library, subject)
        entries = list_evals(library, library.categories[subject])
        vendors = len({entry.vendor for entry in entries})
        counted = say("library.vendors", n=vendors)
        description = say("category.description", n=len(entries), category=subject, vendors=counted)
        body = render("category.html", root=root_of(path), category=subject, description=description, entries=entries)
        head = render_head(library, Head(path, title, description))
        return Page(path, title, description, head, body, self.summary(library, subject))

    def summary(self, library: Library, subject: str) -> str:
        return " · ".join(eval_.title for eval_ in library.categories[subject][:_TITLES_FOUND])


_TITLES_FOUND = 12
"""How many titles of its evals the search knows of a category."""
