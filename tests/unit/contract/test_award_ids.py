"""The ids of awards, messages and invitations are UUIDv5, by the contract's recipe."""

from uuid import NAMESPACE_URL, UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from events.award_ids import AWARD_NAMESPACE, award_id, invitation_id, message_id

NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=128)


def test_the_namespace_is_the_contracts() -> None:
    assert uuid5(NAMESPACE_URL, "https://schemas.mentoring.example/badge-award") == AWARD_NAMESPACE


@given(NAMES, st.none() | NAMES, NAMES, NAMES, st.just("") | NAMES)
def test_an_award_id_is_the_uuid5_of_its_five_parts(
    program: str, loop: str | None, recipient: str, badge: str, occurrence: str
) -> None:
    joined = "\x1f".join([program, loop or "", recipient, badge, occurrence])
    made = award_id(program, loop, recipient, badge, occurrence)
    assert made == str(uuid5(AWARD_NAMESPACE, joined))
    assert UUID(made).version == 5


@given(NAMES, NAMES, NAMES, NAMES)
def test_an_invitation_id_is_the_uuid5_of_its_four_parts_and_the_word(
    program: str, loop: str, survey: str, respondent: str
) -> None:
    joined = "\x1f".join(["invitation", program, loop, survey, respondent])
    assert invitation_id(program, loop, survey, respondent) == str(uuid5(AWARD_NAMESPACE, joined))


@given(st.uuids(version=5), st.integers(1, 10_000))
def test_a_message_id_is_the_uuid5_of_the_award_and_its_revision(award: UUID, n: int) -> None:
    assert message_id(str(award), n) == str(uuid5(AWARD_NAMESPACE, f"{award}/{n}"))


def test_ids_made_once_are_made_for_ever() -> None:
    made = award_id("acme", "loop-1", "p-1", "momentum", "bronze")
    assert made == "a48c77c9-e742-5f0e-821e-655b093502fe"
    assert message_id(made, 1) == "f1a584c1-7bb7-5c12-87bf-98f72a04d0cc"
    assert invitation_id("acme", "loop-1", "s-1", "p-1") == "4718f13b-5179-55cd-b33c-d39bc72cfc0c"
