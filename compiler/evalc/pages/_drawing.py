"""Pictures of 1200 by 630 pixels, drawn with the theme's font. The same card gives the same pixels."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from PIL import Image, ImageColor, ImageDraw, ImageFont

from evalc.base.assets import asset_folder
from evalc.pages._card import Card

WIDTH, HEIGHT = 1200, 630
"""The size in pixels that places which show links ask for."""

_EDGE = 80
_SHADES = 8
_FINE = 4

_PAPER, _INK, _MUTE, _LINK, _LINE = "#ffffff", "#0f172a", "#566072", "#0f6b64", "#dfe2e7"
_HUES = (10, 35, 60, 95, 140, 172, 195, 215, 240, 268, 300, 335)
_VERDICTS = {
    "passed": ("#14693a", "#e6f6ec"),
    "failed": ("#a5181e", "#fdeaea"),
    "inconclusive": ("#854607", "#fdf1dc"),
    "not-run": ("#566072", "#eef0f3"),
}

_Weight = Literal[400, 560, 640, 720]


@dataclass
class _Canvas:
    """A picture with a palette: each pair of colours has all shades between them, as the edges of letters need."""

    image: Image.Image = field(default_factory=lambda: Image.new("L", (WIDTH, HEIGHT), 0))
    palette: list[int] = field(default_factory=lambda: [255, 255, 255])
    pairs: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def stamp(self, mask: Image.Image, at: tuple[int, int], *, colour: str, behind: str = _PAPER) -> None:
        """Puts a shape on a place that has one colour."""
        self.image.paste(mask.point(self._shades(colour, behind)), at)

    def encode(self) -> bytes:
        """The picture as PNG."""
        self.image.putpalette(self.palette)
        out = io.BytesIO()
        self.image.save(out, "PNG", compress_level=4)
        return out.getvalue()

    def _shades(self, colour: str, behind: str) -> list[int]:
        if (colour, behind) not in self.pairs:
            first = len(self.palette) // 3
            one, other = ImageColor.getrgb(behind), ImageColor.getrgb(colour)
            for step in range(_SHADES):
                part = step / (_SHADES - 1)
                self.palette += [round(a + (b - a) * part) for a, b in zip(one[:3], other[:3], strict=True)]
            self.pairs[colour, behind] = [first + round(value * (_SHADES - 1) / 255) for value in range(256)]
        return self.pairs[colour, behind]


class _Letters:
    """A font in one size and weight, which draws each letter once."""

    def __init__(self, size: int, weight: _Weight) -> None:
        # The simple layout, for it places letters in the same way wherever it runs.
        content = io.BytesIO((asset_folder("theme", loose="site/theme") / "assets" / "inter-latin.woff2").read_bytes())
        self._font = ImageFont.truetype(content, size, layout_engine=ImageFont.Layout.BASIC)
        self._font.set_variation_by_axes([weight])
        self._up, down = self._font.getmetrics()
        self.height = self._up + down
        self._drawn: dict[str, Image.Image] = {}
        self._wide: dict[str, float] = {}

    def width(self, text: str) -> float:
        """How wide a text is, in pixels."""
        return sum(self._advance(letter) for letter in text)

    def draw(self, text: str) -> Image.Image:
        """The shape of a line of text, in a box as high as the font."""
        line = Image.new("L", (int(self.width(text)) + 2, self.height), 0)
        at = 0.0
        for letter in text:
            shape = self._shape(letter)
            line.paste(255, (round(at), 0), mask=shape)
            at += self._advance(letter)
        return line

    def wrap(self, text: str, width: int, *, most: int) -> list[str]:
        """The lines of a text, the last of which says so where there are more than `most`."""
        lines = [""]
        for word in self._words(text, width):
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines if len(lines) <= most else [*lines[: most - 1], self._shortened(lines[most - 1], width)]

    def _words(self, text: str, width: int) -> Iterator[str]:
        for word in text.split():
            rest = word
            while self.width(rest) > width:
                fits = next(end for end in range(len(rest), 0, -1) if self.width(rest[:end]) <= width)
                yield rest[:fits]
                rest = rest[fits:]
            yield rest

    def _shortened(self, line: str, width: int) -> str:
        while line and self.width(line + " …") > width:
            line = line.rpartition(" ")[0] or line[:-1]
        return line.rstrip(" …,;:") + " …"

    def _advance(self, letter: str) -> float:
        if letter not in self._wide:
            self._wide[letter] = self._font.getlength(letter)
        return self._wide[letter]

    def _shape(self, letter: str) -> Image.Image:
        if letter not in self._drawn:
            shape = Image.new("L", (round(self._advance(letter)) + 4, self.height), 0)
            ImageDraw.Draw(shape).text((0, self._up), letter, fill=255, font=self._font, anchor="ls")
            self._drawn[letter] = shape
        return self._drawn[letter]


def draw_card(card: Card) -> bytes:
    """The picture of an eval as PNG."""
    canvas = _Canvas()
    canvas.stamp(_box(16, HEIGHT, 0), (0, 0), colour=_LINK)
    _draw_head(canvas, card)
    width = WIDTH - 2 * _EDGE
    title = _letters(72, 720)
    lines = title.wrap(card.title, width, most=3)
    if len(lines) > 2:
        title = _letters(56, 720)
        lines = title.wrap(card.title, width, most=3)
    y = _draw_lines(canvas, title, lines, at=(_EDGE, 200), colour=_INK)
    lead = _letters(32, 400)
    _draw_lines(
        canvas, lead, lead.wrap(card.lead, width, most=1 if len(lines) > 2 else 2), at=(_EDGE, y + 14), colour=_MUTE
    )
    _draw_foot(canvas, card)
    return canvas.encode()


def _draw_head(canvas: _Canvas, card: Card) -> None:
    hue = _HUES[card.face.hue]
    dark, pale = f"hsl({hue}, 60%, 24%)", f"hsl({hue}, 68%, 90%)"
    canvas.stamp(_box(100, 100, 26), (_EDGE, 72), colour=pale)
    initials = _letters(42, 720)
    shape = initials.draw(card.face.initials)
    canvas.stamp(shape, (_EDGE + 50 - shape.width // 2, 122 - initials.height // 2), colour=dark, behind=pale)
    x, room = _EDGE + 128, WIDTH - 2 * _EDGE - 128
    both = [(_letters(32, 640), card.kicker, _LINK), (_letters(28, 400), card.category, _MUTE)]
    y = 78 if card.category else 100
    for letters, text, colour in both:
        if text:
            y = _draw_lines(canvas, letters, letters.wrap(text, room, most=1), at=(x, y), colour=colour)


def _draw_foot(canvas: _Canvas, card: Card) -> None:
    canvas.stamp(_box(WIDTH - 2 * _EDGE, 2, 0), (_EDGE, 506), colour=_LINE)
    facts = _letters(28, 560).draw(card.facts)
    canvas.stamp(facts, (WIDTH - _EDGE - facts.width, 555 - facts.height // 2), colour=_MUTE)
    letters = _letters(28, 640)
    x, end = _EDGE, WIDTH - _EDGE - facts.width - 24
    for verdict, said in card.marks:
        words = letters.draw(said)
        width = words.width + 76
        if x + width > end:
            break
        colour, pale = _VERDICTS[verdict]
        canvas.stamp(_box(width, 58, 14), (x, 526), colour=pale)
        canvas.stamp(_sign(verdict), (x + 18, 541), colour=colour, behind=pale)
        canvas.stamp(words, (x + 56, 555 - words.height // 2), colour=colour, behind=pale)
        x += width + 14


def _draw_lines(canvas: _Canvas, letters: _Letters, lines: Sequence[str], *, at: tuple[int, int], colour: str) -> int:
    x, y = at
    for line in filter(None, lines):
        canvas.stamp(letters.draw(line), (x, y), colour=colour)
        y += letters.height
    return y


@cache
def _letters(size: int, weight: _Weight) -> _Letters:
    return _Letters(size, weight)


@cache
def _box(width: int, height: int, radius: int) -> Image.Image:
    if not radius:
        return Image.new("L", (width, height), 255)
    large = Image.new("L", (width * _FINE, height * _FINE), 0)
    ImageDraw.Draw(large).rounded_rectangle((0, 0, large.width - 1, large.height - 1), radius * _FINE, fill=255)
    return large.resize((width, height), Image.Resampling.BOX)


@cache
def _sign(verdict: str) -> Image.Image:
    """The shape that pages show beside a verdict, in a square of 28 pixels."""
    size = 28 * _FINE
    large = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(large)
    thick, unit = 4 * _FINE, size / 16
    lines: dict[str, list[list[tuple[float, float]]]] = {
        "passed": [[(3, 8.6), (6.3, 11.9), (13, 4.7)]],
        "failed": [[(4, 4), (12, 12)], [(12, 4), (4, 12)]],
    }
    for line in lines.get(verdict, []):
        draw.line([(x * unit, y * unit) for x, y in line], fill=255, width=thick, joint="curve")
    if verdict not in lines:
        ring = (2.6 * unit, 2.6 * unit, 13.4 * unit, 13.4 * unit)
        draw.ellipse(ring, outline=255, width=thick)
        if verdict == "inconclusive":
            draw.pieslice(ring, -90, 90, fill=255)
    return large.resize((28, 28), Image.Resampling.BOX)
