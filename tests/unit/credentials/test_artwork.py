"""Each badge of the shipped catalog has a drawing of its own; the sprite has every part of it."""

import re

import pytest

from credentials.artwork import picture
from credentials.artwork.drawing import GLYPHS, Art, draw, glyph
from engine.catalog.loader import find

BADGES = find("mentorloop").badges
SPRITE = picture.SPRITE.read_text(encoding="utf-8")
SYMBOLS = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
STYLES = picture.COLOURS.read_text(encoding="utf-8")


def test_every_badge_that_ships_has_a_glyph_of_its_own() -> None:
    glyphs = [glyph(badge.name) for badge in BADGES]
    assert len(set(glyphs)) == len(BADGES)
    assert "shield" not in glyphs


@pytest.mark.parametrize("name", sorted(GLYPHS))
def test_every_glyph_is_in_the_sprite(name: str) -> None:
    assert f"glyph-{name}" in SYMBOLS


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("badge", [*(badge.name for badge in BADGES), "never-seen"])
def test_every_drawing_has_its_symbols_and_colours(badge: str, held: bool) -> None:
    for category in ("achievement", "kudos"):
        for level in (None, "bronze", "silver", "gold", "platinum"):
            drawing = draw(badge, category, level=level, levelled=bool(level), held=held)
            assert {drawing.frame, drawing.glyph} <= SYMBOLS
            assert drawing.pips == 0 or f"pips-{drawing.pips}" in SYMBOLS
            for name in drawing.classes.split():
                assert name in ("art", "seal") or f".{name} " in STYLES
            assert "var(" not in picture.group(drawing)


def test_a_level_is_told_by_pips_too() -> None:
    assert [draw("momentum", "achievement", level=level).pips for level in ("bronze", "gold")] == [
        1,
        3,
    ]


def test_a_catalog_names_the_glyph_of_its_own_badge() -> None:
    assert glyph("guide-of-the-year", "lamp") == "lamp"
    assert glyph("guide-of-the-year", "momentum") == "curve"
    assert glyph("guide-of-the-year", "no-such-glyph") == "shield"


def test_what_is_not_held_has_no_colour() -> None:
    for badge in ("momentum", "trust", "mentorloop-champion"):
        classes = draw(badge, "kudos", held=False).classes
        assert "not-held" in classes
        assert "metal" not in classes
        assert "seal-" not in classes


def test_the_sprite_has_no_colour_of_its_own_but_light_and_shade() -> None:
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", SPRITE)) == {"#fff", "#000"}


def test_a_picture_has_the_colours_of_the_stylesheet_those_of_paper_where_there_are_two() -> None:
    assert 'fill="#f3d074"' in picture.group(draw("momentum", "achievement", level="gold"))
    certified = picture.group(draw("certified", "achievement"))
    assert 'fill="#0f5c4c"' in certified
    assert "light-dark" not in certified


def test_what_is_not_held_is_pale_in_a_picture_too() -> None:
    trust = picture.group(draw("trust", "kudos", held=False))
    assert trust.startswith('<g opacity="0.55">')
    assert 'fill="#7a7a7a"' in trust


def test_art_is_drawn_as_its_fields_say() -> None:
    art = Art("momentum", "achievement", None, level="silver", levelled=True)
    assert art.drawing() == draw("momentum", "achievement", level="silver", levelled=True)
