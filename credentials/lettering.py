"""Fonts of pictures: which characters they have, how wide a text is, how it is broken into lines.

The renderer draws nothing, and reports nothing, for a family that it does not find, and a box for a
character that a font lacks. So both are known here before anything is drawn. The files are of this
package (fonts/VENDORED.md), with family names of their own, so that no font of the system stands in
for one of them.
"""

import struct
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("fonts")


@dataclass(frozen=True, slots=True)
class Font:
    """`advances`: for each character of the font, by its code point, how far the pen moves, in
    parts of the size. Kerning is left out: it moves a line by less than one part in a hundred."""

    family: str
    file: Path
    advances: Mapping[int, float]

    def has(self, text: str) -> bool:
        """Whether each character can be drawn and be seen: none that only controls others."""
        return all(
            ord(character) in self.advances and unicodedata.category(character)[0] != "C"
            for character in text
        )

    def width(self, text: str, size: float) -> float:
        """The width of one line in pixels. Raises KeyError for a character it does not have."""
        return size * sum(self.advances[ord(character)] for character in text)

    def lines(self, text: str, size: float, width: float) -> list[str]:
        """A text in lines of at most `width` pixels. A word that is wider is broken."""
        lines: list[str] = []
        for word in text.split():
            if lines and self.width(f"{lines[-1]} {word}", size) <= width:
                lines[-1] += f" {word}"
            else:
                lines += self._pieces(word, size, width)
        return lines

    def _pieces(self, word: str, size: float, width: float) -> list[str]:
        pieces = [""]
        for character in word:
            if pieces[-1] and self.width(pieces[-1] + character, size) > width:
                pieces.append("")
            pieces[-1] += character
        return pieces


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as it is to be drawn: lines of one size in pixels, `leading` pixels apart."""

    font: Font
    size: float
    leading: float
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)


def fitted(
    text: str, font: Font, choices: Sequence[tuple[int, int]], width: float, leading: float
) -> Setting:
    """A text in the first of `choices`, (size, most lines), that holds it with no word broken; else
    in the last of them, with an ellipsis where it ends too early. `leading`: parts of the size."""
    words = " ".join(text.split())
    for size, most in choices:
        lines = font.lines(text, size, width)
        if len(lines) <= most and " ".join(lines) == words:
            return Setting(font, size, size * leading, tuple(lines))
    size, most = choices[-1]
    lines = font.lines(text, size, width)
    if len(lines) > most:
        last = lines[most - 1]
        while font.width(f"{last}…", size) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return Setting(font, size, size * leading, tuple(lines))


def drawable(text: str | None, *fonts: Font) -> str | None:
    """The text as it can be drawn: composed, with single spaces. None if there is none, or if one
    of the fonts lacks one of its characters."""
    composed = " ".join(unicodedata.normalize("NFC", text or "").split())
    return composed if composed and all(font.has(composed) for font in fonts) else None


def _read(family: str, name: str) -> Font:
    file = FOLDER / name
    tables = _tables(file.read_bytes())
    (units,) = struct.unpack_from(">H", tables["head"], 18)
    (metrics,) = struct.unpack_from(">H", tables["hhea"], 34)
    widths = [struct.unpack_from(">H", tables["hmtx"], 4 * n)[0] for n in range(metrics)]
    advances = {
        character: widths[min(glyph, metrics - 1)] / units
        for character, glyph in _glyphs(tables["cmap"]).items()
    }
    return Font(family, file, advances)


def _tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    rows = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(count))
    return {tag.decode(): font[start : start + length] for tag, _, start, length in rows}


def _glyphs(cmap: bytes) -> dict[int, int]:
    """Code points to glyphs, of the one subtable that these fonts have: format 4 of OpenType."""
    (start,) = struct.unpack_from(">L", cmap, 8)
    twice, ends = struct.unpack_from(">H", cmap, start + 6)[0], start + 14
    glyphs: dict[int, int] = {}
    for at in range(ends, ends + twice, 2):
        (end,) = struct.unpack_from(">H", cmap, at)
        (first,) = struct.unpack_from(">H", cmap, at + twice + 2)
        (delta,) = struct.unpack_from(">H", cmap, at + 2 * twice + 2)
        offset_at = at + 3 * twice + 2
        (offset,) = struct.unpack_from(">H", cmap, offset_at)
        for character in range(first, min(end, 0xFFFE) + 1):
            if offset:
                there = offset_at + offset + 2 * (character - first)
                (glyph,) = struct.unpack_from(">H", cmap, there)
            else:
                glyph = character
            if glyph:
                glyphs[character] = (glyph + delta) & 0xFFFF
    return glyphs


HEADING = _read("Badge Card Heading", "badge-card-heading.ttf")
TEXT = _read("Badge Card Text", "badge-card-text.ttf")
STRONG = _read("Badge Card Strong", "badge-card-strong.ttf")
