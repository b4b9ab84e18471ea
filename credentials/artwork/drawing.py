"""Which drawing a badge has: a frame, a glyph, pips and colour classes, all names in one sprite.

artwork.svg has the symbols, artwork.css the colours. A catalog may name the glyph of a badge
(`artwork:`); otherwise the names of the shipped badges decide, and a badge that this set does not
know gets the neutral shield.
"""

from dataclasses import dataclass

GLYPHS = frozenset(
    {
        "star",
        "curve",
        "book",
        "sprout",
        "crown",
        "hands",
        "nodes",
        "lamp",
        "clock",
        "spark",
        "shield",
    }
)
UNKNOWN = "shield"

_GLYPH_OF_BADGE = {
    "excellence": "star",
    "momentum": "curve",
    "certified": "book",
    "mentorloop-certified": "book",
    "growing": "sprout",
    "growing-together": "sprout",
    "champion": "crown",
    "mentorloop-champion": "crown",
    "trust": "hands",
    "networking": "nodes",
    "expertise": "lamp",
    "commitment": "clock",
    "creativity": "spark",
}
_SEAL_OF_GLYPH = {
    "hands": "trust",
    "nodes": "networking",
    "lamp": "expertise",
    "clock": "commitment",
    "spark": "creativity",
}
_PIPS = {"bronze": 1, "silver": 2, "gold": 3}


@dataclass(frozen=True, slots=True)
class Artwork:
    """A drawing: symbols of the sprite, and the classes that colour it.

    `pips` is 0 for no pips. `lift` says how far the glyph moves up to leave room for them, in
    units of the 96-unit box.
    """

    frame: str
    glyph: str
    pips: int
    classes: str

    @property
    def lift(self) -> int:
        return -5 if self.pips else 0


@dataclass(frozen=True, slots=True)
class Art:
    """A badge as it is to be drawn; the fields are the arguments of `draw`."""

    badge: str
    category: str
    artwork: str | None = None
    level: str | None = None
    levelled: bool = False
    held: bool = True

    def drawing(self) -> Artwork:
        return draw(
            self.badge,
            self.category,
            self.artwork,
            level=self.level,
            levelled=self.levelled,
            held=self.held,
        )


def glyph(badge: str, artwork: str | None = None) -> str:
    """The glyph of a badge. `artwork` is what the catalog names: a glyph, or a known badge."""
    for name in (artwork, badge):
        if name in GLYPHS:
            return name
        if name in _GLYPH_OF_BADGE:
            return _GLYPH_OF_BADGE[name]
    return UNKNOWN


def draw(
    badge: str,
    category: str,
    artwork: str | None = None,
    *,
    level: str | None = None,
    levelled: bool = False,
    held: bool = True,
) -> Artwork:
    """The drawing of a badge as somebody holds it, or grey if they do not.

    `level`: the level that is held or shown. `levelled`: the badge has levels, even if none is
    held yet.
    """
    name = glyph(badge, artwork)
    if category == "kudos":
        colour = f"seal-{_SEAL_OF_GLYPH.get(name, 'other')}" if held else "not-held"
        return Artwork("frame-seal", f"glyph-{name}", 0, f"art seal {colour}")
    if name == "crown":
        frame, metal = "frame-champion", "champion"
    elif level or levelled:
        frame, metal = "frame-levelled", level if level in _PIPS else "one"
    else:
        frame, metal = "frame-one", "one"
    pips = _PIPS.get(level or "", 0)
    colour = f"metal-{metal}" if held else "not-held"
    return Artwork(frame, f"glyph-{name}", pips, f"art {colour}")
