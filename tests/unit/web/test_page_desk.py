"""What a member reads on the desk: what is asked of them, what is open, what follows."""

from tests.pages.desk_samples import DESK, desk_line
from web.rendering import desk


def test_a_case_that_was_not_opened_asks_to_open_it_first() -> None:
    page = desk.cards(DESK["closed"])

    assert [(step.words, step.done, step.current) for step in page.steps] == [
        ("Open the evidence, without names", False, True),
        ("Read it", False, False),
        ("Sign an outcome: 0 of 2 signatures", False, False),
    ]


def test_an_open_case_says_how_many_lines_are_open() -> None:
    assert desk.cards(DESK["lacking"]).steps[1].words == "Read it: 3 of 25 lines are open"
    assert desk.cards(DESK["read"]).steps[1].words == "Read it: all 25 lines are met"


def test_what_follows_depends_on_whether_the_signature_decides() -> None:
    assert desk.cards(DESK["read"]).after.startswith("Another member has to sign the same")
    assert desk.cards(DESK["second"]).after.startswith(
        "If you sign the same outcome, it is decided"
    )


def test_what_cannot_be_granted_says_why() -> None:
    page = desk.cards(DESK["lacking"])

    assert page.missing == "It cannot be granted: 3 lines are open."
    assert [choice.value for choice in page.choices] == ["declined"]
    assert desk.cards(DESK["read"]).missing == ""


def test_a_renewal_says_what_it_gives_up_and_until_when_it_lasts() -> None:
    page = desk.cards(DESK["second"])

    assert "61 days of the present one are given up" in page.gives_up
    assert page.choices[0].words == "They stay Master Mentor until 12 May 2028."


def test_the_field_for_reasons_names_the_outcomes_that_need_them() -> None:
    assert "Needed for: decline." in desk.cards(DESK["read"]).statement_hint
    assert "Needed for: reject the appeal or uphold the appeal." in (
        desk.cards(DESK["appeal"]).statement_hint
    )


def test_a_conflict_says_what_it_is_and_nothing_is_asked() -> None:
    row = desk.row(desk_line("recused", conflicts=["loop", "employer"]))

    assert row.why_not == (
        "Not yours to decide: you shared a loop with the mentor, you have the same employer."
    )


def test_who_has_signed_reads_how_many_are_lacking() -> None:
    assert desk.row(desk_line("signed", signed=1)).asked == (
        "You have signed. One more has to sign the same."
    )
