"""What becomes of kudos that somebody wants to undo."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.queries.fates import KudosFate
from web.kudos.withdrawal import Undoing, decide
from web.store.gifts import Gift, SentAt

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
GIFT = Gift("k", "a", "p", "l", "gwen", "wen", "trust", AT, AT + timedelta(seconds=8))
SENT = replace(GIFT, state="sent", claimed=True, sent=SentAt(0, 7))
WAITING, AWARDED = KudosFate("waiting"), KudosFate("awarded")


@pytest.mark.parametrize(
    ("gift", "fate", "hours", "minutes", "what"),
    [
        (GIFT, WAITING, 24, 0, "cancel"),
        (GIFT, WAITING, 0, 90_000, "cancel"),
        (replace(GIFT, claimed=True), WAITING, 24, 1, "withdraw"),
        (replace(GIFT, claimed=True), WAITING, 0, 1, "too late"),
        (SENT, WAITING, 24, 1, "withdraw"),
        (SENT, AWARDED, 24, 24 * 60 - 1, "withdraw"),
        (SENT, AWARDED, 24, 24 * 60, "too late"),
        (SENT, AWARDED, 0, 0, "too late"),
        (SENT, KudosFate("refused", "invalid"), 24, 1, "nothing stands"),
        (SENT, KudosFate("revoked"), 24, 1, "nothing stands"),
        (replace(SENT, state="refused"), WAITING, 24, 1, "nothing stands"),
        (replace(SENT, state="withdrawing"), AWARDED, 24, 90_000, "done"),
        (replace(SENT, state="withdrawn"), KudosFate("revoked"), 24, 1, "done"),
        (replace(GIFT, state="cancelled"), WAITING, 24, 1, "done"),
    ],
)
def test_kudos_are_undone_as_far_as_they_have_come(
    gift: Gift, fate: KudosFate, hours: int, minutes: float, what: Undoing
) -> None:
    assert decide(gift, fate, hours, AT + timedelta(minutes=minutes)) == what


def test_a_gift_is_shown_without_its_note() -> None:
    fields: dict[str, Any] = {"sealed": "a-sealed-note"}
    assert "a-sealed-note" not in repr(replace(GIFT, **fields))
