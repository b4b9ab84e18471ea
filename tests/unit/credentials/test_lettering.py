"""The fonts of pictures: where they come from, what they have, how a text is fitted."""

import hashlib
import re

import pytest
from PIL import ImageFont

from credentials.lettering import FOLDER, HEADING, STRONG, TEXT, Font, drawable, fitted

FONTS = pytest.mark.parametrize("font", [HEADING, TEXT, STRONG], ids=lambda font: font.family)
VENDORED = (FOLDER / "VENDORED.md").read_text(encoding="utf-8")


def test_every_font_is_the_one_that_was_made() -> None:
    sums = dict(re.findall(r"^\| (\S+\.ttf) \|.*\| ([0-9a-f]{64}) \|$", VENDORED, re.MULTILINE))
    assert sums == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FOLDER.glob("*.ttf")
    }


@FONTS
def test_a_font_has_a_family_name_of_its_own_and_the_widths_that_others_read(font: Font) -> None:
    other = ImageFont.truetype(font.file, 1000, layout_engine=ImageFont.Layout.BASIC)
    assert other.getname() == (font.family, "Regular")
    for character in "aMiWł€ễ “…":
        assert font.width(character, 1000) == pytest.approx(other.getlength(character), abs=1)


@FONTS
def test_names_of_latin_script_can_be_drawn(font: Font) -> None:
    for name in (
        "Łukasz Żółć",
        "Nguyễn Thị Hương",
        "Ştefan Řehoř",
        "Ágústa Þórðardóttir",
        "O’Neil",
    ):
        assert drawable(name, font) == name


@pytest.mark.parametrize(
    "text", ["田中", "Ωmega", "Mina 🎉", "עדה", "Wen\u202e", "a\u200bb", "a\u00adb", "", "  ", None]
)
def test_what_the_fonts_lack_or_nobody_would_see_cannot_be_drawn(text: str | None) -> None:
    assert drawable(text, HEADING, TEXT, STRONG) is None


def test_a_text_is_drawn_composed_with_single_spaces() -> None:
    assert drawable("Zoe\u0308 \t de\n Vries", TEXT) == "Zoë de Vries"


def test_a_text_takes_the_first_choice_that_holds_it() -> None:
    choices = ((40, 1), (20, 1), (20, 2))
    assert fitted("Wen", TEXT, choices, 200, 1.2).size == 40
    assert fitted("Wen Zhao of Northfield", TEXT, choices, 250, 1.2).lines == (
        "Wen Zhao of Northfield",
    )
    assert fitted("Wen Zhao of Northfield", TEXT, choices, 150, 1.2).lines == (
        "Wen Zhao of",
        "Northfield",
    )


@pytest.mark.parametrize("text", ["W" * 200, "word " * 90, "Wolfeschlegelsteinhausen " * 8])
def test_a_text_that_no_choice_holds_is_cut_within_its_room(text: str) -> None:
    cut = fitted(text, STRONG, ((30, 1), (20, 2)), 300, 1.2)
    assert len(cut.lines) == 2
    assert cut.lines[-1].endswith("…")
    assert all(STRONG.width(line, cut.size) <= 300 for line in cut.lines)
