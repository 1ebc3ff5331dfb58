"""The page of one vendor."""

from collections.abc import Sequence

from evalc.pages._address import root_of, vendor_path
from evalc.pages._copies import list_evals
from evalc.pages._environment import render
from evalc.pages._faces import face_of
from evalc.pages._head import Head, render_head
from evalc.pages._words import say
from evalc.pages.contract import Library, Page, PageType


class VendorPage(PageType):
    """A vendor and the evals about its product."""

    def subjects(self, library: Library) -> Sequence[str]:
        return [vendor.name for vendor in library.catalog.vendors if library.evals_of(vendor.name)]

    def path(self, subject: str) -> str:
        return vendor_path(subject)

    def title(self, library: Library, subject: str) -> str:
        return say("vendor.title", vendor=library.vendor(subject).title)

    def render(self, library: Library, subject: str) -> Page:
        vendor = library.vendor(subject)
        path = self.path(subject)
        title = self.title(library, subject)
        entries = list_evals(library, library.evals_of(subject))
        description = say("vendor.description", n=len(entries), vendor=vendor.title)
        body = render(
            "vendor.html",
            root=root_of(path),
            vendor=vendor,
            face=face_of(vendor),
            logo=library.logos.get(subject, ""),
            entries=entries,
        )
        head = render_head(library, Head(path, title, description))
        return Page(path, title, description, head, body, self.summary(library, subject))

    def summary(self, library: Library, subject: str) -> str:
        vendor = library.vendor(subject)
        return " · ".join(part for part in (vendor.title, vendor.segment, vendor.product, vendor.about) if part)
