"""What e-mails say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.rules.wording import (
    AwardNews,
    InvitationNews,
    PersonNamed,
    line_of_award,
    line_of_invitation,
    one_line,
    subject_of_awards,
    subject_of_invitations,
)
from tests.support.examples import examples

TOMAS = PersonNamed("Tomas Herrera", "Tomas")
ANA = PersonNamed("Ana Ruiz", "Ana")
TRUST = AwardNews("1", "kudos", "Trust", None, "Building safe relationships", TOMAS, noted=True)
GOLD = AwardNews("2", "achievement", "Momentum", "gold", "Keeping the conversation going")
CERTIFIED = AwardNews("3", "achievement", "Mentorloop Certified", None, None)


@pytest.mark.parametrize(
    ("awards", "subject"),
    [
        ([TRUST], "Tomas gave you Trust"),
        ([GOLD], "You earned Momentum gold"),
        ([TRUST, GOLD], "Trust from Tomas, and Momentum gold"),
        ([TRUST, GOLD, CERTIFIED], "Trust from Tomas, Momentum gold, and 1 more"),
        ([GOLD, TRUST, *[CERTIFIED] * 998], "Momentum gold, Trust from Tomas, and 998 more"),
        ([AwardNews("4", "kudos", "Trust")], "You were given Trust"),
        ([AwardNews("4", "kudos", "Trust"), GOLD], "Trust, and Momentum gold"),
        ([AwardNews("4", "achievement", "")], "You earned a badge"),
    ],
)
def test_the_subject_names_two_and_counts_the_others(awards: list[AwardNews], subject: str) -> None:
    assert subject_of_awards(awards) == subject


@pytest.mark.parametrize(
    ("award", "line"),
    [
        (
            TRUST,
            "Tomas Herrera recognised you for building safe relationships, with a personal note.",
        ),
        (AwardNews("1", "kudos", "Trust", giver=ANA), "Ana Ruiz gave you Trust."),
        (
            AwardNews("1", "kudos", "Trust", noted=True),
            "You were given Trust, with a personal note.",
        ),
        (GOLD, "You earned Momentum gold, for keeping the conversation going."),
        (CERTIFIED, "You earned Mentorloop Certified."),
        (AwardNews("1", "achievement", "Host", None, "A kind host."), "You earned Host."),
    ],
)
def test_a_line_says_who_recognised_you_and_for_what(award: AwardNews, line: str) -> None:
    assert line_of_award(award) == line


def test_an_invitation_names_whom_it_is_about() -> None:
    one, two = InvitationNews("1", (TOMAS,)), InvitationNews("2", (TOMAS, ANA))
    assert subject_of_invitations([one]) == "Would you recognise Tomas for something?"
    assert subject_of_invitations([one, two]) == "Would you recognise Tomas and Ana for something?"
    many = InvitationNews("3", tuple(PersonNamed(name, name) for name in "ABCDE"))
    assert "Tomas, A and 4 more" in subject_of_invitations([one, many])
    assert line_of_invitation(two).startswith("You met with Tomas Herrera and Ana Ruiz. ")


def test_a_name_is_one_line_and_turns_nothing_around() -> None:
    assert one_line("Eve\r\nBcc: all@example.org\x00\u202e\u2028x") == "Eve Bcc: all@example.org x"
    assert one_line("n" * 61) == "n" * 59 + "…"
    assert one_line("نور שלום 👩‍🏫") == "نور שלום 👩‍🏫"


def test_a_name_from_the_right_does_not_turn_its_sentence() -> None:
    award = AwardNews("1", "kudos", "Trust", giver=PersonNamed("نور", "نور"))
    assert line_of_award(award) == "\u2068نور\u2069 gave you Trust."


@examples(200)
@given(st.text(), st.text(), st.text())
def test_no_name_makes_a_second_line(name: str, badge: str, level: str) -> None:
    person = PersonNamed(name, name)
    award = AwardNews("1", "kudos", badge, level, giver=person)
    texts = [
        subject_of_awards([award]),
        subject_of_awards([award, award, award]),
        line_of_award(award),
        subject_of_invitations([InvitationNews("1", (person,))]),
    ]
    for text in texts:
        assert len(text.splitlines()) == 1
        text.encode()
