"""What a message means for each channel: the table, cell by cell."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest

from notifier.rules import telling
from notifier.rules.preferences import CATEGORIES, NOTHING_CHOSEN, Category, Preferences
from notifier.rules.telling import Telling, TellingOptions

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
OPTIONS = TellingOptions(email=True)
NO_SERVER = TellingOptions(email=False)
SOON = NOW + timedelta(minutes=2)
WEEK = timedelta(days=7)
MOMENT = timedelta(microseconds=1)

NO_MAIL = Preferences(version=1, email_off=frozenset(CATEGORIES))
NO_ITEMS = Preferences(version=1, in_app_off=frozenset(CATEGORIES))
OTHERS_OFF = Preferences(
    version=1, email_off=frozenset({"invitation"}), in_app_off=frozenset({"invitation"})
)


@pytest.mark.parametrize("category", ["achievement", "kudos"])
@pytest.mark.parametrize(
    ("situation", "age", "before", "chosen", "options", "expected"),
    [
        ("awarded", timedelta(), False, NOTHING_CHOSEN, OPTIONS, Telling(True, SOON)),
        ("a week ago", WEEK, False, NOTHING_CHOSEN, OPTIONS, Telling(True, SOON)),
        ("old news", WEEK + MOMENT, False, NOTHING_CHOSEN, OPTIONS, Telling(True, None)),
        ("of the baseline", timedelta(), True, NOTHING_CHOSEN, OPTIONS, Telling(True, None)),
        ("no mail server", timedelta(), False, NOTHING_CHOSEN, NO_SERVER, Telling(True, None)),
        ("e-mail off", timedelta(), False, NO_MAIL, OPTIONS, Telling(True, None)),
        ("items off", timedelta(), False, NO_ITEMS, OPTIONS, Telling(False, SOON)),
        ("other categories off", timedelta(), False, OTHERS_OFF, OPTIONS, Telling(True, SOON)),
        ("in the future", -WEEK, False, NOTHING_CHOSEN, OPTIONS, Telling(True, SOON)),
    ],
)
def test_an_award_is_shown_at_once_and_mailed_after_a_while(
    category: Literal["achievement", "kudos"],
    situation: str,
    age: timedelta,
    before: bool,
    chosen: Preferences,
    options: TellingOptions,
    expected: Telling,
) -> None:
    seen = telling.of_award(
        category, NOW - age, announced_before=before, chosen=chosen, options=options, now=NOW
    )
    assert seen == expected, situation


@pytest.mark.parametrize("off", CATEGORIES)
def test_what_is_off_is_one_category_in_one_channel(off: Category) -> None:
    chosen = Preferences(version=1, email_off=frozenset({off}))
    for category in ("achievement", "kudos"):
        seen = telling.of_award(
            category, NOW, announced_before=False, chosen=chosen, options=OPTIONS, now=NOW
        )
        assert seen == Telling(True, None if category == off else SOON)


def test_a_revocation_notifies_nobody() -> None:
    assert telling.of_revocation() == Telling(False, None)


@pytest.mark.parametrize(
    ("age", "chosen", "options", "expected"),
    [
        (timedelta(), NOTHING_CHOSEN, OPTIONS, Telling(True, NOW)),
        (WEEK, NOTHING_CHOSEN, OPTIONS, Telling(True, NOW)),
        (WEEK + MOMENT, NOTHING_CHOSEN, OPTIONS, Telling(True, None)),
        (timedelta(), NOTHING_CHOSEN, NO_SERVER, Telling(True, None)),
        (timedelta(), OTHERS_OFF, OPTIONS, Telling(False, None)),
    ],
)
def test_an_invitation_is_shown_at_once_and_is_due_for_the_sender_to_time(
    age: timedelta, chosen: Preferences, options: TellingOptions, expected: Telling
) -> None:
    seen = telling.of_invitation(NOW - age, chosen=chosen, options=options, now=NOW)
    assert seen == expected
