"""Cards and badges as PNG: what is drawn, and that nothing leaves its room."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from credentials.artwork.drawing import Art
from credentials.card import HEIGHT, WIDTH, CardText, badge, card

GOLD = Art("momentum", "achievement", level="gold", levelled=True)
WEN = CardText(
    name="Momentum",
    level="gold",
    holder="Wen Zhao",
    program="Northfield Alumni",
    day=date(2026, 4, 29),
    criterion="15 completed meetings in one mentoring loop",
)
LONG = CardText(
    name="W" * 120,
    level="platinum",
    holder="Wolfeschlegelsteinhausenbergerdorff " * 4,
    program="The Society for Mentoring " * 5,
    day=date(2026, 9, 30),
    criterion="At least 15 completed meetings in one mentoring loop. " * 9,
)


def _seen(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def _ink(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether a part of a picture has more than one colour."""
    colours = picture.crop(box).getcolors(maxcolors=1 << 16)
    return colours is None or len(colours) > 1


def test_a_card_has_the_size_that_is_asked_for_and_is_small() -> None:
    png = card(WEN, GOLD)
    assert _seen(png).size == (WIDTH, HEIGHT) == (1200, 627)
    assert len(png) < 200_000


def test_the_same_values_give_the_same_bytes() -> None:
    assert card(WEN, GOLD) == card(WEN, GOLD)
    assert badge(GOLD, 400) == badge(GOLD, 400)


@pytest.mark.parametrize(
    "other",
    [
        replace(WEN, name="Excellence"),
        replace(WEN, level="silver"),
        replace(WEN, holder="Ada Park"),
        replace(WEN, program="Riverside Makers"),
        replace(WEN, day=date(2026, 4, 30)),
        replace(WEN, criterion="25 completed meetings in one mentoring loop"),
    ],
)
def test_each_text_leaves_ink(other: CardText) -> None:
    """The renderer draws no text, without an error, if it does not find the family."""
    difference = ImageChops.difference(_seen(card(WEN, GOLD)), _seen(card(other, GOLD)))
    assert difference.getbbox() is not None


@pytest.mark.parametrize("text", [WEN, LONG, replace(LONG, holder=None)], ids=["", "long", "none"])
def test_no_text_leaves_its_room(text: CardText) -> None:
    picture = _seen(card(text, GOLD))
    assert _ink(picture, (528, 40, 1130, 515))  # the texts
    assert _ink(picture, (528, 530, 1130, 600))  # the day
    for empty in ((1136, 0, 1200, 627), (490, 0, 522, 627), (490, 0, 1200, 30)):
        assert not _ink(picture, empty), empty
    for empty in ((490, 495, 1200, 516), (490, 524, 1200, 545), (490, 590, 1200, 627)):
        assert not _ink(picture, empty), empty


@pytest.mark.parametrize("name", ["田中 太郎", "Mina 🎉", "עדה", "Wen\u202e"])
def test_a_name_that_the_fonts_lack_is_left_off(name: str) -> None:
    assert card(replace(WEN, holder=name), GOLD) == card(replace(WEN, holder=None), GOLD)


def test_a_program_that_the_fonts_lack_is_left_off_wherever_it_would_stand() -> None:
    there = card(replace(WEN, holder=None, program="東京"), GOLD)
    assert there == card(replace(WEN, holder=None, program=""), GOLD)


def test_markup_in_a_name_is_text() -> None:
    png = card(replace(WEN, holder='</text><rect width="9999" height="9999"/> & <b>'), GOLD)
    assert not _ink(_seen(png), (1136, 0, 1200, 627))


@pytest.mark.parametrize("pixels", [32, 240, 800])
def test_a_badge_alone_is_square_with_nothing_around_it(pixels: int) -> None:
    picture = Image.open(BytesIO(badge(GOLD, pixels)))
    assert (picture.size, picture.mode) == ((pixels, pixels), "RGBA")
    opacity = picture.getchannel("A")
    assert opacity.getpixel((0, 0)) == 0
    assert opacity.getpixel((pixels // 2, pixels // 2)) == 255


def test_every_badge_and_level_has_a_picture_of_its_own() -> None:
    arts = [
        *(Art("momentum", "achievement", level=level) for level in ("bronze", "silver", "gold")),
        *(Art(name, "achievement") for name in ("certified", "growing-together", "champion")),
        *(Art(name, "kudos") for name in ("trust", "networking", "expertise", "other")),
        *(Art(name, "kudos", held=False) for name in ("trust", "networking")),
    ]
    assert len({badge(art, 96) for art in arts}) == len(arts)
