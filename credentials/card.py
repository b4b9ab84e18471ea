"""Pictures of an award: the card that a shared page shows where it is linked, and the badge alone.

Both are drawn from the sprite of the pages and this package's fonts, and nothing else: the same
values give the same bytes on every machine. A text with a character that the fonts lack is left
off, and a text that is too long is set smaller, then in more lines, then cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

import resvg_py

from credentials.artwork.drawing import Art
from credentials.artwork.picture import group
from credentials.lettering import HEADING, STRONG, TEXT, Font, Setting, drawable, fitted

WIDTH, HEIGHT = 1200, 627
"""Pixels, as OpenGraph and LinkedIn ask for them."""

# "A well-kept notebook": the tokens of pages.css in light, since a picture has no dark form.
_PAPER, _SUNK, _INK, _QUIET = "#fbf8f3", "#f2ede4", "#1f2328", "#565c64"
_LINE, _PINE = "#e2dacd", "#0f5c4c"

_BADGE, _BADGE_LEFT = 336, 72
_MARGIN, _LEFT = 480, 528
_COLUMN = WIDTH - _LEFT - 72
_FOOT = 520

# Sizes in pixels, each with the lines it may take, best first.
_PROGRAM = ((28, 1), (24, 1))
_TITLE = ((84, 1), (72, 1), (64, 1), (72, 2), (60, 2), (48, 2))
_SMALL = ((26, 1),)
_HOLDER = ((40, 1), (34, 1), (34, 2), (28, 2))
_CRITERION = ((28, 2), (25, 3))


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a card.

    `name` is the badge's, without a level. `holder` is None for somebody who does not show their
    name: then the card says "a participant of" the program. `criterion`: in words, as the catalog
    has it.
    """

    name: str
    level: str | None
    holder: str | None
    program: str
    day: date
    criterion: str


def card(text: CardText, art: Art) -> bytes:
    """The card as PNG: 1200 x 627 pixels, opaque, some 60 kB."""
    body = (
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>'
        f'<rect width="{_MARGIN}" height="{HEIGHT}" fill="{_SUNK}"/>'
        f'<path d="M{_MARGIN} 0V{HEIGHT}" stroke="{_LINE}" stroke-width="2"/>'
        f'<path d="M{_LEFT} {_FOOT}H{WIDTH - 72}" stroke="{_LINE}" stroke-width="2"/>'
        f"{_placed(art, _BADGE_LEFT, (HEIGHT - _BADGE) / 2, _BADGE)}"
        f"{_column(text)}"
        f"{_line(_day(text.day), TEXT, 26, _FOOT + 52, _QUIET)}"
    )
    return _png(WIDTH, HEIGHT, body)


def badge(art: Art, pixels: int) -> bytes:
    """The badge alone as PNG: square, transparent around it."""
    return _png(pixels, pixels, _placed(art, 0, 0, pixels))


def _column(text: CardText) -> str:
    """The texts above the line, as one block in the middle of the room they have."""
    blocks = [(block, colour, gap) for block, colour, gap in _blocks(text) if block is not None]
    height = sum(block.height + gap for block, _, gap in blocks)
    top = max(48.0, (_FOOT - height) / 2)
    drawn = []
    for block, colour, gap in blocks:
        top += gap
        for line in block.lines:
            baseline = top + block.leading * 0.5 + block.size * 0.35
            drawn.append(_line(line, block.font, block.size, baseline, colour))
            top += block.leading
    return "".join(drawn)


def _blocks(text: CardText) -> list[tuple[Setting | None, str, int]]:
    """Each text that can be drawn, its colour, and the room above it in pixels."""
    program = drawable(text.program, STRONG)
    holder = drawable(text.holder, STRONG)
    level = drawable(text.level, HEADING)
    name = drawable(text.name, HEADING)
    title = f"{name}, {level}" if name and level else name or level
    somebody = f"a participant of {program}" if program else "a participant"
    return [
        (_set(program, STRONG, _PROGRAM, 1.25), _PINE, 0),
        (_set(title, HEADING, _TITLE, 1.08), _INK, 14),
        (_set("awarded to", TEXT, _SMALL, 1.25), _QUIET, 20),
        (_set(holder or somebody, STRONG, _HOLDER, 1.25), _INK, 2),
        (_set(drawable(text.criterion, TEXT), TEXT, _CRITERION, 1.35), _QUIET, 22),
    ]


def _set(
    text: str | None, font: Font, choices: Sequence[tuple[int, int]], leading: float
) -> Setting | None:
    return fitted(text, font, choices, _COLUMN, leading) if text else None


def _line(text: str, font: Font, size: float, baseline: float, colour: str) -> str:
    return (
        f'<text x="{_LEFT}" y="{baseline:.1f}" font-family="{font.family}" font-size="{size:g}" '
        f'fill="{colour}">{escape(text)}</text>'
    )


def _placed(art: Art, left: float, top: float, side: float) -> str:
    drawn = group(art.drawing())
    return f'<g transform="translate({left:g} {top:g}) scale({side / 96:.6g})">{drawn}</g>'


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _png(width: int, height: int, body: str) -> bytes:
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{body}</svg>'
    )
    return resvg_py.svg_to_bytes(
        svg_string=picture,
        skip_system_fonts=True,
        font_files=[str(font.file) for font in (HEADING, STRONG, TEXT)],
    )


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
