"""What stands on the page of a case, and in which order its steps come."""

import pytest

from tests.pages.case_samples import CASES, DEADLINES, MASTER, OPENED, case, event
from tests.pages.progress_samples import PROGRESS
from web.rendering import cases
from web.rendering import progress as progress_cards
from web.views.committee.cases import CasesOfPerson, MatterOpen

ZONE = "Europe/Berlin"


def test_an_application_with_open_lines_says_how_many_and_sets_its_subject_no_day() -> None:
    page = cases.cards(CASES["waiting"], ZONE, own=True)

    assert page.heading == "3 lines are still open"
    assert page.due == ""
    assert [step.words for step in page.steps if step.current] == [
        "Evidence is frozen, once every line is met"
    ]


def test_past_steps_come_first_with_their_day_and_the_next_one_with_the_day_it_is_due() -> None:
    page = cases.cards(CASES["desk"], ZONE, own=True)

    assert [(step.words, step.day, step.done, step.current) for step in page.steps] == [
        ("You applied", "3 May 2026", True, False),
        ("Acknowledged", "4 May 2026", True, False),
        ("Evidence frozen", "5 May 2026", True, False),
        ("The committee decides", "17 Jun 2026", False, True),
        ("Final, unless you appeal", "", False, False),
    ]


def test_evidence_that_was_frozen_again_says_why() -> None:
    words = [step.words for step in cases.cards(CASES["granted"], ZONE, own=True).steps]

    assert words.count("Evidence frozen") == 1
    assert words.count("Evidence frozen again, since a fact arrived late") == 1


def test_entries_of_the_log_without_words_for_them_are_not_steps() -> None:
    shown = case(timeline=[OPENED, event("member.assigned", "2026-05-06")])

    assert [step.words for step in cases.cards(shown, ZONE, own=True).steps if step.done] == [
        "You applied"
    ]


@pytest.mark.parametrize(
    ("sample", "due"),
    [
        ("declined", "You can appeal until 11 June 2026."),
        ("granted", ""),
        ("hearing", "Answer until 15 June 2026."),
    ],
)
def test_a_day_stands_only_where_it_says_something_to_whom_the_case_is_about(
    sample: str, due: str
) -> None:
    assert cases.cards(CASES[sample], ZONE, own=True).due == due


@pytest.mark.parametrize(("sample", "due"), [("declined", "2026-06-11"), ("granted", None)])
def test_so_it_is_in_the_list_of_their_cases(sample: str, due: str | None) -> None:
    assert [row.due_of_mine for row in cases.rows([CASES[sample]])] == [due]


def test_a_coordinator_reads_what_is_theirs_to_do() -> None:
    page = cases.cards(CASES["applied"], ZONE, own=False)

    assert page.sentence == "Acknowledge it, so that it goes on."
    assert page.due == "Acknowledge it until 8 May 2026."
    assert page.steps[0].words == "The mentor applied"


def test_how_far_away_a_day_is_stands_in_words() -> None:
    left = [row.left for row in cases.rows(DEADLINES["northfield"].items)]

    assert left == ["4 days late", "3 days left", "12 days left", "today is the last day", ""]


def test_what_may_be_applied_for_stands_with_what_it_asks_for() -> None:
    may = MatterOpen(matter=MASTER, kind="first", open=3)
    own = CasesOfPerson(items=[CASES["declined"], CASES["withdrawn"]], may_apply=[may])

    page = progress_cards.cards(PROGRESS["northfield"], {}, {}, ZONE, own=True, of_mine=own)

    assert [asked.apply for asked in page.asked] == [may, None]
    assert [row.case.state for row in page.open_cases] == ["decided"]
    assert [row.case.state for row in page.ended_cases] == ["withdrawn"]
