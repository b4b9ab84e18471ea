"""Words that pages form from values."""

import pytest

from web.rendering import wording


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        ("Momentum, silver, 14 of 15 to gold", {"level": "silver", "way": "14 of 15 to gold"}),
        ("Trust, 2 times", {"count": 2}),
        ("Trust, 1 time", {"count": 1}),
        ("Trust, 248 times", {"count": 248}),
        ("Growing Together", {}),
        ("Champion, 3 of 4, not yet", {"way": "3 of 4", "held": False}),
        ("Commitment, not yet", {"held": False}),
    ],
)
def test_the_name_of_a_card_says_what_applies(expected: str, values: dict[str, object]) -> None:
    name = expected.split(",")[0]
    assert wording.accessible_name(name, **{"held": True, **values}) == expected  # type: ignore[arg-type]


def test_a_day_is_that_of_the_viewers_zone() -> None:
    assert wording.day("2026-03-31T23:04:35.000000Z", "UTC") == "31 Mar 2026"
    assert wording.day("2026-03-31T23:04:35.000000Z", "Europe/Berlin") == "1 Apr 2026"
    assert wording.month("2026-03-31T23:04:35.000000Z", "Europe/Berlin") == "April 2026"


@pytest.mark.parametrize(("value", "text"), [(14.0, "14"), (2.5, "2.5"), (0, "0")])
def test_a_number_has_no_idle_fraction(value: float, text: str) -> None:
    assert wording.number(value) == text


def test_a_count_has_room_for_two_digits() -> None:
    assert [wording.chip(count) for count in (1, 99, 100, 3000)] == ["×1", "×99", "×99+", "×99+"]


def test_a_name_is_isolated_and_escaped() -> None:
    text = wording.fill("{name}, your badges", name=wording.isolated("<b>שירה</b>"))
    assert text == "<bdi>&lt;b&gt;שירה&lt;/b&gt;</bdi>, your badges"
