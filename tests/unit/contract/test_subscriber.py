"""What every subscriber has: messages are read, and each revision is news once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.schemas.badge_awarded import BadgeAwarded
from events.schemas.badge_revoked import BadgeRevoked
from events.schemas.kudos_invited import KudosInvited
from events.subscriber import AwardsMessage, InMemoryRevisions, UnreadableMessage, news, read
from tests.support.award_records import id_of, instant, invitation_of, later, revision_of


def news_of(revisions: InMemoryRevisions, *values: bytes) -> list[AwardsMessage]:
    """Read a batch, and deal with its news."""
    fresh = news([read(value) for value in values], revisions)
    revisions.keep(fresh)
    return fresh


def test_messages_are_read_with_their_subjects_and_revisions() -> None:
    awarded, revoked = read(revision_of("ann", 3)), read(revision_of("ann", 4))
    invited = read(invitation_of("ann", "ben", at=later(days=1)))

    assert (awarded.subject, awarded.revision) == (id_of("ann"), 3)
    assert (revoked.subject, revoked.revision) == (id_of("ann"), 4)
    assert isinstance(awarded.data, BadgeAwarded)
    assert isinstance(revoked.data, BadgeRevoked)
    assert isinstance(invited.data, KudosInvited)
    assert (invited.subject, invited.revision) == (invited.data.invitation_id, 1)
    assert invited.time == instant(later(days=1))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "no CloudEvent"),
        (b"\xff", "no CloudEvent"),
        (b'{"specversion": "0.3"}', "no CloudEvent"),
        (revision_of("ann").replace(b"awarded.v1", b"awarded.v2"), "of this type"),
        (revision_of("ann", recipient_id="secret\n"), "recipient_id must not contain control"),
        (revision_of("ann", award_id="secret", level=7), "award_id .*; level must be a string"),
        (revision_of("ann").replace(b'"time": "2026-', b'"time": "secret'), "^time "),
        (revision_of("ann").replace(b'"data": {', b'"data": "secret", "x": {'), "must be an obj"),
    ],
)
def test_what_is_no_message_is_refused_in_words_that_quote_nothing(
    value: bytes | None, why: str
) -> None:
    with pytest.raises(UnreadableMessage, match=why) as raised:
        read(value)
    assert "secret" not in str(raised.value)


def test_unknown_fields_are_ignored() -> None:
    assert read(revision_of("ann", nickname="A")) == read(revision_of("ann"))


def test_a_repeat_is_no_news_and_neither_is_what_was_overtaken() -> None:
    revisions = InMemoryRevisions()
    assert len(news_of(revisions, revision_of("ann", 2))) == 1
    assert news_of(revisions, revision_of("ann", 2), revision_of("ann", 1)) == []
    assert len(news_of(revisions, invitation_of("ann", "ben"))) == 1
    assert news_of(revisions, invitation_of("ann", "ben")) == []


def test_what_was_not_kept_is_news_again() -> None:
    # An effect that failed is tried again.
    revisions = InMemoryRevisions()
    message = read(revision_of("ann"))
    assert news([message], revisions) == news([message], revisions) == [message]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 6)), max_size=20), st.integers(1, 7)
)
def test_in_whatever_order_and_batches_the_highest_revisions_are_kept(
    history: list[tuple[str, int]], size: int
) -> None:
    revisions = InMemoryRevisions()
    seen: dict[str, list[int]] = {}
    for start in range(0, len(history), size):
        values = [revision_of(who, number) for who, number in history[start : start + size]]
        for message in news_of(revisions, *values):
            seen.setdefault(message.subject, []).append(message.revision)

    highest = {id_of(who): max(n for name, n in history if name == who) for who, _ in history}
    assert revisions.kept(highest) == highest
    # Each rises, and ends with the highest.
    assert all(numbers == sorted(set(numbers)) for numbers in seen.values())
    assert {subject: numbers[-1] for subject, numbers in seen.items()} == highest
