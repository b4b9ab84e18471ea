"""Drawings with their colours written out, for what reads no stylesheet.

Nothing here refers to another file: a drawing is copied out of the sprite, and `var(--face)` in it
becomes the colour that artwork.css gives to its classes.
"""

import re
from functools import lru_cache
from pathlib import Path

from credentials.artwork.drawing import Artwork

SPRITE = Path(__file__).with_name("artwork.svg")
COLOURS = Path(__file__).with_name("artwork.css")

_SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>\s*(.*?)\s*</symbol>', re.DOTALL)
_RULE = re.compile(r"((?:\.[a-z-]+)+) \{([^}]*)\}")
_VALUE = re.compile(r"([a-z-]+): ([^;]+);")
_LIGHT = re.compile(r"light-dark\(([^,]+),[^)]*\)")
_PROPERTY = re.compile(r"var\((--[a-z]+)\)")


@lru_cache(maxsize=256)
def group(drawing: Artwork) -> str:
    """A drawing as an SVG <g>, in a box of 96 units.

    Raises KeyError for a symbol that is not in the sprite, or a colour that no class has.
    """
    colours = _colours(drawing.classes)
    symbols = _symbols()
    lift = f' transform="translate(0 {drawing.lift})"' if drawing.lift else ""
    pips = symbols[f"pips-{drawing.pips}"] if drawing.pips else ""
    opacity = f' opacity="{colours["opacity"]}"' if "opacity" in colours else ""
    body = f"{symbols[drawing.frame]}<g{lift}>{symbols[drawing.glyph]}</g>{pips}"
    return f"<g{opacity}>{_PROPERTY.sub(lambda found: colours[found[1]], body)}</g>"


def _colours(classes: str) -> dict[str, str]:
    """What artwork.css says of these classes; where several rules apply, the last one counts."""
    has = set(classes.split())
    colours: dict[str, str] = {}
    for wanted, values in _rules():
        if wanted <= has:
            colours |= values
    return colours


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    return dict(_SYMBOL.findall(SPRITE.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def _rules() -> list[tuple[set[str], dict[str, str]]]:
    styles = COLOURS.read_text(encoding="utf-8")
    return [
        (set(selector.strip(".").split(".")), dict(_VALUE.findall(_LIGHT.sub(r"\1", body))))
        for selector, body in _RULE.findall(styles)
    ]
