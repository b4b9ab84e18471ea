"""What the page of somebody's progress says: where they stand, the lines, what would help."""

import pytest

from tests.pages.progress_samples import (
    PROGRESS,
    apprentice,
    badge_line,
    checklist,
    either,
    line,
    master,
    renewing,
)
from web.rendering import checklists, progress
from web.rendering.checklists import LineCard
from web.views.progress import LineShown


def card_of(shown: LineShown) -> LineCard:
    cards = checklists.cards(checklist("stage", [shown]))
    (one,) = (*cards.open, *cards.done)
    return one


def bars(shown: LineShown) -> list[str]:
    return [bar.text for bar in card_of(shown).bars]


def page_of(sample: str, *, own: bool = True) -> progress.ProgressCards:
    return progress.cards(PROGRESS[sample], {}, {}, "Europe/Berlin", own=own)


def test_open_lines_come_apart_from_those_that_are_met() -> None:
    cards = checklists.cards(checklist("master-mentor", master()))
    assert [each.title for each in cards.open] == [
        "Portfolio gain", "Practice score", "Training kinds",
    ]  # fmt: skip
    assert (len(cards.done), cards.of, cards.met) == (22, 25, False)


def test_alternatives_are_one_line_of_their_parts() -> None:
    card = card_of(master()[1])
    assert card.title == "Active quarters or presence waivers"
    assert card.either == "Any 1 of these is enough"
    assert [part.title for part in card.parts] == ["Active quarters", "Presence waivers"]


def test_nothing_helps_a_part_of_what_is_met_already() -> None:
    assert [part.help for part in card_of(master()[1]).parts] == ["", ""]
    neither = either("1", line("1.0", "active quarters", "2", "6", aggregate="groups",
                               by="quarter", each="2"))  # fmt: skip
    assert [part.help for part in card_of(neither).parts] == [
        "4 more quarters would close this. One counts from 2 meetings."
    ]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (line("0", "scopings", "2", "3", event="deliverable.accepted"), ["2 of 3 accepted pieces"]),
        (line("0", "meetings", None, "1"), ["0 of 1 meeting"]),
        (line("0", "cohorts", "3", "2", aggregate="distinct", by="cohort_id"),
         ["3 cohorts, 2 needed"]),
        (line("0", "credits", "2.5", "10", aggregate="sum", by="credits"), ["2.5 of 10 credits"]),
        (line("0", "gain", "4.29", "4", aggregate="gain", sample=(5, 6)),
         ["4.29 gained on average, 4 needed", "5 of 6 before-and-after pairs"]),
        (line("0", "kept", "0.825", "0.85", aggregate="share", event="checkpoint.closed",
              sample=(40, 20)),
         ["82.5%, 85% needed", "40 checkpoints, 20 needed"]),
        (line("0", "practice", "2.9", "3.2", aggregate="mean", event="review.submitted",
              sample=(6, 6), panels=2),
         ["2.9 on average, 3.2 needed", "6 of 6 reviews (2 panels)"]),
        (line("0", "practice", None, "3.2", aggregate="mean", event="review.submitted",
              sample=(0, 6), panels=0),
         ["no number yet, 3.2 needed", "0 of 6 reviews (0 panels)"]),
        (line("0", "practice", None, "3.2", aggregate="mean", event="review.submitted",
              sample=(2, 6), panels=1, withheld=True),
         ["number withheld, 3.2 needed", "2 of 6 reviews (1 panel)"]),
    ],
)  # fmt: skip
def test_a_bar_says_how_much_of_what_there_is(shown: LineShown, expected: list[str]) -> None:
    assert bars(shown) == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (line("0", "scopings", "2", "3", event="deliverable.accepted"),
         "1 more accepted piece would close this."),
        (line("0", "credits", "2.5", "10", aggregate="sum", by="credits"),
         "7.5 more credits would close this."),
        (line("0", "streak", "2", "6", aggregate="streak", by="month"),
         "A run of 6 months closes this; the longest so far is 2."),
        (line("0", "gain", "4.29", "4", aggregate="gain", sample=(5, 6)),
         "1 more before-and-after pair is needed before this counts."),
        (line("0", "gain", "2.9", "4", aggregate="gain", sample=(6, 6)),
         "From start to end, learners rose by 2.9 on average, and 4 is asked for. What they finish "
         "from here on counts."),
        (line("0", "kept", "0.82", "0.85", aggregate="share", sample=(40, 20)),
         "82% are as they should be, and 85% have to be. Each further good one raises it."),
        (line("0", "practice", "3.1999", "3.2", aggregate="mean", event="review.submitted",
              sample=(6, 6), percent=99),
         "The average is 3.1999, and 3.2 is asked for. Each further one above that raises it."),
        (line("0", "practice", None, "3.2", aggregate="mean", event="review.submitted",
              sample=(6, 6), withheld=True),
         "The panel needs another review before a number can be shown."),
        (line("0", "kinds", "1", "3", kind="includes_all", aggregate="distinct", by="kind",
              values=["a", "b", "c"], missing=["b", "c"]),
         "Still missing: b, c."),
        (badge_line("0", "in_standing", "Proficient Mentor", met=False, day=None),
         "This takes Proficient Mentor in good standing."),
        (badge_line("0", "holds", "Apprentice Mentor", met=False, day=None),
         "This takes Apprentice Mentor, which comes before."),
        (line("0", "points", "3", "5", kind="points", aggregate=None, event=""),
         "2 more points would close this."),
    ],
)  # fmt: skip
def test_what_would_help_is_a_sentence_for_each_kind_of_line(
    shown: LineShown, expected: str
) -> None:
    assert not shown.met
    assert card_of(shown).help == expected


def test_every_open_line_without_parts_says_what_would_help() -> None:
    for shown in (*apprentice(), *master(), *renewing(), *renewing(late=True)):
        for each in (shown, *shown.parts):
            if not each.met and not each.parts and not shown.met:
                assert card_of(each).help, each.title


def test_a_window_is_said() -> None:
    assert card_of(renewing()[0]).window == "in the last 36 months"
    assert card_of(master()[0]).window == ""


@pytest.mark.parametrize(
    ("sample", "standing", "steps"),
    [
        ("northfield", "Proficient Mentor, valid until 8 April 2028",
         ["Held since 2 Oct 2024", "Valid until 8 Apr 2028", "Next"]),
        ("empty", "No stage yet.", ["Next", "Not yet", "Not yet"]),
        ("long", "Apprentice Mentor", ["Held since 2 Oct 2024", "Was valid until 1 Mar 2025",
                                       "Next"]),
        ("top", "Master Mentor, valid until 8 June 2026",
         ["Held since 2 Oct 2024", "Valid until 8 Apr 2028", "Valid until 8 Jun 2026"]),
    ],
)  # fmt: skip
def test_the_page_begins_with_where_somebody_stands(
    sample: str, standing: str, steps: list[str]
) -> None:
    page = page_of(sample)
    assert page.standing == standing
    assert [step.words for step in page.steps] == steps


def test_a_lapsed_stage_is_said_to_have_ended() -> None:
    late = PROGRESS["long"].model_copy(
        update={"current": None, "stages": PROGRESS["long"].stages[1:]}
    )
    page = progress.cards(late, {}, {}, "UTC", own=True)
    assert page.standing.endswith("ended on 1 March 2025.")


def test_a_renewal_that_is_open_comes_first_and_one_that_is_not_is_for_later() -> None:
    assert [asked.heading for asked in page_of("northfield").asked] == [
        "Next: Master Mentor", "Renewing Proficient Mentor",
    ]  # fmt: skip
    assert [asked.later for asked in page_of("northfield").asked] == [False, True]
    late = page_of("long").asked
    assert late[0].heading.startswith("Renewing")
    assert "can still be renewed: ask your coordinator" in late[0].lead
    assert not late[0].later
    assert "its renewal is open now" in page_of("top").asked[0].lead.lower()


def test_a_coordinator_is_not_told_to_ask_themselves() -> None:
    for sample in PROGRESS:
        assert "your coordinator" not in " ".join(
            asked.lead for asked in page_of(sample, own=False).asked
        )


def test_only_who_has_nothing_at_all_is_at_the_beginning() -> None:
    assert [name for name in PROGRESS if page_of(name).nothing] == ["empty"]
    assert page_of("top").top == "Master Mentor"
