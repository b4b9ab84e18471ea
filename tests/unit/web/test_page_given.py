"""How the page of given kudos puts each gift, and until when it can be taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from web.rendering import given_lines
from web.rendering.given_lines import Way, Words
from web.views.gifts import GiftStateShown, GivenKudos
from web.views.people import Person

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
HELD_SECONDS = 8
WEN = Person(participant_id="wen", display_name="Wen Zhao", given_name="Wen", avatar_url=None)


def gift(state: GiftStateShown, ago: float, *, withdrawable: bool = False) -> GivenKudos:
    """A gift of so many seconds ago."""
    at = NOW - timedelta(seconds=ago)
    return GivenKudos(
        kudos_id="k",
        award_id="a",
        loop_id="loop",
        loop_name=None,
        recipient=WEN,
        kind="trust",
        name="Trust",
        at=at.isoformat(),
        state=state,
        undo_until=(at + timedelta(seconds=HELD_SECONDS)).isoformat(),
        withdrawable_until=(at + timedelta(hours=24)).isoformat() if withdrawable else None,
        refused_because=None,
    )


@pytest.mark.parametrize(
    ("state", "ago", "withdrawable", "words", "way"),
    [
        ("held", 0, False, "held", "undo"),
        ("held", 9, False, "sending", "undo"),
        ("held", 14, False, "waiting", "undo"),
        ("held", 9, True, "sending", "withdraw"),
        ("sent", 9, True, "sent", "withdraw"),
        ("sent", 67, True, "sent", "withdraw"),
        ("sent", 69, False, "late", None),
        ("awarded", 100, True, "awarded", "withdraw"),
        ("awarded", 100_000, False, "awarded", None),
        ("refused", 100, False, "refused", None),
        ("cancelled", 5, False, "cancelled", None),
        ("withdrawing", 100, False, "withdrawing", None),
        ("withdrawn", 100, False, "withdrawn", None),
    ],
)
def test_a_gift_is_put_in_words_with_what_can_be_done(
    state: GiftStateShown, ago: float, withdrawable: bool, words: Words, way: Way | None
) -> None:
    (line,) = given_lines.lines([gift(state, ago, withdrawable=withdrawable)], NOW)
    assert (line.words, line.way) == (words, way)


def test_a_gift_that_is_held_back_says_for_how_long_and_is_looked_at_when_it_is_not() -> None:
    (line,) = given_lines.lines([gift("held", 2.5)], NOW)
    assert (line.seconds, line.again) == (6, 7)


def test_a_page_is_looked_at_again_when_the_first_of_its_lines_may_change() -> None:
    lines = given_lines.lines([gift("awarded", 9), gift("sent", 10), gift("held", 1)], NOW)
    assert given_lines.again(lines) == 8
    assert given_lines.again(lines[:2]) == 59
    assert given_lines.again(lines[:1]) is None
