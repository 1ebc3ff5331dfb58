"""Vendors: who makes the product that evals are about."""

import re

from evalc.analysis.codes.fields import WRONG_ADDRESS, WRONG_LOGO
from evalc.analysis.lower.body import Body, read_body
from evalc.analysis.lower.context import Context
from evalc.analysis.values.wording import Wording
from evalc.model.catalog import Vendor
from evalc.syntax.tree import BlockDecl

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\{}|^]+")
_PICTURES = (".svg", ".png", ".webp", ".jpg", ".jpeg")


def lower_vendor(block: BlockDecl, context: Context) -> Vendor:
    """The vendor that a block describes."""
    body = read_body(block, context.reporter)
    wording = context.wording()

    def fact(name: str) -> str:
        return context.fixed(body.one(name), wording)

    return Vendor(
        name=block.name.text,
        title=context.title(block, wording).fill({}),
        product=fact("product"),
        segment=fact("segment"),
        industry=fact("industry"),
        employees=fact("employees"),
        headquarters=fact("headquarters"),
        website=_website(body, wording),
        logo=_logo(body, context),
        about=fact("about"),
        place=context.place(block.span),
    )


def _website(body: Body, wording: Wording) -> str:
    field = body.one("website")
    if field is None:
        return ""
    address = wording.fixed(field.value)
    if not _ADDRESS.fullmatch(address):
        wording.reporter.add(WRONG_ADDRESS, field.value.span, text=address)
    return address


def _logo(body: Body, context: Context) -> str:
    """The path of the vendor's picture from the catalog's folder, where there is one."""
    field = body.one("logo")
    if field is None:
        return ""
    if field.file is None or not field.file.text.lower().endswith(_PICTURES):
        span = field.file.span if field.file else field.value.span
        context.reporter.add(WRONG_LOGO, span, text=field.value.text)
        return ""
    return context.files.existing(field.file) or ""
