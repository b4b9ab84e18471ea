"""Calibrations of a demonstration: one that was held, one that is open, and anchors."""

import hashlib
from dataclasses import replace

from governance.calibration import holding, keeping, rating
from governance.calibration.keeping import AnchorGiven
from governance.committee import Sitting
from governance.store import calibrations, people
from governance.store.people import Officer
from web.demo.past import PROGRAM, PastSittings

COORDINATOR = f"coordinator@{PROGRAM}"
RUBRIC = "practice/1"
HOUR = "practical/1"
ROWS = ("communication", "expectations", "understanding", "inclusion", "independence", "growth")
HOUR_ROWS = ("scoping", "feedback", "narrative")
RATERS = ("imani", "lena", "noor", "priya", "sofia", "wei")
STRICT, HARD = "sofia", "understanding"
"""Who rates higher than everybody else, and the row that people disagree on."""
ANCHORS: tuple[tuple[str, str, str], ...] = (
    (
        "Five ideas and a deadline",
        "The learner arrived with five ideas and three weeks. The mentor asked which of them "
        "somebody would miss. Two were left, and for each they wrote down what would have to be "
        "true by Friday. On Friday one of them was not, and it went without regret.",
        "343232",
    ),
    (
        "The same advice again",
        "Every meeting ended with the same list: more tests, a longer readme, smaller commits. The "
        "list was right. Nobody asked why none of it had happened since the last time.",
        "111110",
    ),
    (
        "A night shift",
        "The learner works nights and had missed two calls. The mentor moved to written rounds, "
        "answered within a day, and agreed on dates that a shift plan allows. The third piece came "
        "early.",
        "333423",
    ),
    (
        "Fixed in ten minutes",
        "The build was red. The mentor took the keyboard, found the cause in ten minutes and "
        "explained it afterwards. The learner thanked them, and asked for the same a week later.",
        "211101",
    ),
    (
        "What the reviewer will ask",
        "Before the portfolio was handed in they swapped roles: the learner asked as a reviewer "
        "would, the mentor answered badly on purpose. The learner rewrote two pages the same "
        "evening, and could say why.",
        "434344",
    ),
    (
        "A goal that moved",
        "Halfway a job offer changed what the learner needed. The mentor noticed from a remark, "
        "asked, and they wrote new milestones together. One old one was kept, because the learner "
        "wanted to finish it.",
        "344333",
    ),
    (
        "Kind and vague",
        "All messages were warm. Work was called great, once even amazing. What made it so, or "
        "what could come next, was not in any of them.",
        "210211",
    ),
    (
        "The door to the meetup",
        "The learner had never shown work to strangers. The mentor went along to a meetup, sat in "
        "the second row, and said nothing. The next talk was already agreed on when they left.",
        "322334",
    ),
)
HOURS: tuple[tuple[str, str, str], ...] = (
    (
        "One page by noon",
        "The learner wanted a marketplace. After an hour there was one page: who sells what to "
        "whom, and which of it a single afternoon could show to be wrong.",
        "432",
    ),
    (
        "All of it is good",
        "Every slide was called good. Asked what to change, the mentor named the colours.",
        "110",
    ),
    (
        "Three remarks, in order",
        "Three remarks, the most important first, each with something to try. The first was tried "
        "within the hour.",
        "243",
    ),
    (
        "The mentor tells it",
        "The learner began to explain, the mentor took over and told it better. It was told well.",
        "221",
    ),
    (
        "Cut in half",
        "Asked what they would drop if they had half the time, the learner dropped half, and kept "
        "the half that somebody had asked for.",
        "433",
    ),
    (
        "A list of eleven",
        "Eleven remarks, all of them right, none of them first.",
        "121",
    ),
    (
        "Why this database",
        "The mentor asked why, four times. At the fourth the learner said that they did not know, "
        "and wrote the question down as the next thing to find out.",
        "234",
    ),
    (
        "Too big for a term",
        "The scope stayed what it was, a year of work. What was there was praised with care and in "
        "detail.",
        "132",
    ),
)
"""Titles, texts, and what each row is by consensus: of months of mentoring, and of an hour."""
_FIRST_OPEN = 3
"""How many anchors of the open calibration one of the raters has rated."""


def make(past: PastSittings) -> None:
    """Reviewers, anchors, a calibration that is closed, and an open one. The process compares what
    was given in the first."""
    past.ago(290)
    past.do(_appoint)
    for rubric, rows, kept in ((RUBRIC, ROWS, ANCHORS), (HOUR, HOUR_ROWS, HOURS)):
        for title, text, levels in kept:
            ratings = {row: int(level) for row, level in zip(rows, levels, strict=True)}
            past.do(keeping.keep, COORDINATOR, AnchorGiven(rubric, title, text, ratings))
    past.ago(26)
    held = past.do(holding.open_, RUBRIC, COORDINATOR).calibration_id
    past.ago(20)
    for rater in RATERS:
        _rate(past, held, rater, len(ANCHORS))
    past.ago(12)
    past.do(holding.close, held)
    past.ago(3)
    opened = past.do(holding.open_, HOUR, COORDINATOR).calibration_id
    past.ago(1)
    _rate(past, opened, "imani", _FIRST_OPEN)


def is_ready(sitting: Sitting) -> bool:
    """Whether every calibration that is closed has its result."""
    every = calibrations.of_program(sitting.tx, PROGRAM)
    return all(each.state != "closed" for each in every)


def _appoint(sitting: Sitting, program: str) -> None:
    """Let people review too, whatever part they have."""
    for name in RATERS:
        known = people.of(sitting.tx, program, name) or Officer(program, name)
        if "reviewer" not in known.roles:
            also = replace(known, roles=known.roles | {"reviewer"})
            people.write(sitting.tx, also, COORDINATOR, sitting.now)


def _rate(past: PastSittings, calibration_id: str, rater: str, number: int) -> None:
    """Let somebody rate so many anchors."""
    agreed = {title: levels for title, _, levels in (*ANCHORS, *HOURS)}
    sheet = past.do(rating.sheet, calibration_id, rater)
    for place, anchor in enumerate(sheet.anchors[:number], start=1):
        title = anchor.content.title
        rows = [row for row, _ in sheet.rubric.rows]
        order = ROWS if sheet.rubric.key == RUBRIC else HOUR_ROWS
        ratings = {
            row: given(rater, title, row, int(agreed[title][order.index(row)])) for row in rows
        }
        past.do(rating.rate, calibration_id, rater, place, ratings)


def given(rater: str, anchor: str, row: str, level: int) -> int:
    """What somebody gives: mostly what was agreed, sometimes one more or less."""
    chance = hashlib.sha256(f"{rater}/{anchor}/{row}".encode()).digest()[0]
    off = 0
    if rater == STRICT:
        off = 1 if chance < 190 else 0
    elif chance < (150 if row == HARD else 26):
        off = 1 if chance % 2 else -1
    return min(4, max(0, level + off))
