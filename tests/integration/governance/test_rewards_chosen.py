"""The committee chooses: two members, neither too close; nothing is published without consent."""

from datetime import timedelta

import pytest

from governance.errors import CaseRefused, RefusalKind
from governance.rewards import choosing, cycles
from governance.rewards.choosing import ChoiceState, RewardChoice
from governance.store import conflicts
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.integration.governance.stage_holders import entries, hold, news, published

WORDS = "Her learners explain their work to strangers."
MASTERS = ("imani", "jonas", "lena", "noor")


@pytest.fixture
def opened(room: CommitteeRoom) -> CommitteeRoom:
    """Four masters and a committee of three; the cycles have begun."""
    room.seat("ruth", "chair")
    room.seat("sam")
    room.seat("imani")
    hold(room, "master-mentor", *MASTERS)
    with room.sitting() as sitting:
        cycles.begin_due(sitting, PROGRAM)
    return room


def choose(
    room: CommitteeRoom,
    member: str,
    who: str,
    reward: str = "special-project",
    cycle: str = "2026",
    words: str = "",
    minutes_ago: float = 0,
) -> ChoiceState:
    at = room.now - timedelta(minutes=minutes_ago)
    with room.sitting() as sitting:
        choice = RewardChoice(reward, cycle, who, words)
        return choosing.sign(sitting, PROGRAM, member, at, choice)


def spotlight(room: CommitteeRoom, member: str, who: str, words: str = WORDS) -> ChoiceState:
    return choose(room, member, who, "spotlight", "2026-Q4", words)


def answer(room: CommitteeRoom, who: str, *, given: bool = True) -> None:
    with room.sitting() as sitting:
        choosing.consent(sitting, PROGRAM, who, "spotlight", "2026-Q4", given=given)


def got(room: CommitteeRoom, reward: str) -> list[str]:
    facts = published(room, "reward.granted")
    return [each["participant_id"] for each in facts if each["reward"] == reward]


def refuses(room: CommitteeRoom, kind: RefusalKind, member: str, who: str, **how: object) -> None:
    with pytest.raises(CaseRefused) as refused:
        choose(room, member, who, **how)  # type: ignore[arg-type]
    assert refused.value.kind == kind
    assert got(room, "special-project") == []


def test_two_members_grant_a_reward_and_one_does_not(opened: CommitteeRoom) -> None:
    assert choose(opened, "ruth", "jonas") == ChoiceState(1, granted=False)
    assert choose(opened, "ruth", "jonas") == ChoiceState(1, granted=False)
    assert got(opened, "special-project") == []
    assert choose(opened, "sam", "jonas") == ChoiceState(2, granted=True)
    assert choose(opened, "sam", "jonas") == ChoiceState(2, granted=True)
    assert got(opened, "special-project") == ["jonas"]
    voted = entries(opened, "reward.voted")
    assert len(voted) == 2
    assert all("jonas" not in str(each) for each in voted)


def test_nobody_signs_for_themselves(opened: CommitteeRoom) -> None:
    refuses(opened, "is-subject", "imani", "imani")


def test_who_is_too_close_does_not_sign(opened: CommitteeRoom) -> None:
    with opened.sitting() as sitting:
        conflicts.declare(sitting.tx, PROGRAM, ("ruth", "jonas"), "family", "jonas", sitting.now)
    refuses(opened, "recused", "ruth", "jonas")


def test_a_signature_needs_a_fresh_sign_in_and_a_part_in_the_committee(
    opened: CommitteeRoom,
) -> None:
    refuses(opened, "authenticate-again", "ruth", "jonas", minutes_ago=6)
    refuses(opened, "not-seated", "wei", "jonas")
    opened.dismiss("sam")
    refuses(opened, "not-seated", "sam", "jonas")


def test_who_may_not_have_it_cannot_be_chosen(opened: CommitteeRoom) -> None:
    refuses(opened, "unknown-matter", "ruth", "wei")
    refuses(opened, "unknown-matter", "ruth", "jonas", cycle="2025")
    refuses(opened, "unknown-matter", "ruth", "jonas", reward="stipend-master", cycle="2026-Q4")


def test_no_more_get_it_than_there_are_places(opened: CommitteeRoom) -> None:
    for who in ("jonas", "lena"):
        choose(opened, "ruth", who)
        choose(opened, "sam", who)
    with pytest.raises(CaseRefused) as refused:
        choose(opened, "ruth", "noor")
    assert refused.value.kind == "too-late"
    assert got(opened, "special-project") == ["jonas", "lena"]


def test_a_spotlight_waits_for_the_consent_of_who_is_shown(room: CommitteeRoom) -> None:
    room.seat("ruth", "chair")
    room.seat("sam")
    hold(room, "master-mentor", *MASTERS)
    with room.sitting() as sitting:
        cycles.begin_due(sitting, PROGRAM)
    with pytest.raises(CaseRefused) as refused:
        spotlight(room, "ruth", "jonas", words=" ")
    assert refused.value.kind == "statement-needed"
    spotlight(room, "ruth", "jonas")
    assert spotlight(room, "sam", "jonas", "") == ChoiceState(2, False, waits_for_consent=True)
    assert "jonas" in news(room, "reward")
    assert got(room, "spotlight") == []
    answer(room, "jonas")
    assert got(room, "spotlight") == ["jonas"]
    answer(room, "jonas", given=False)
    assert got(room, "spotlight") == ["jonas"], "what was granted stays, what is shown goes"


def test_nobody_consents_to_what_nobody_asked(opened: CommitteeRoom) -> None:
    spotlight(opened, "ruth", "jonas")
    for who in ("jonas", "lena"):
        with pytest.raises(CaseRefused) as refused:
            answer(opened, who)
        assert refused.value.kind == "unknown-matter"
