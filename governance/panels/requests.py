"""Requests for reviews: what somebody is asked to review, and what they answer.

Who it is stands in one sealed column: requests of somebody are those whose column opens to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from engine.catalog.policy import LEVELS, Rubric
from governance.cases import moving, rules_in_force, texts
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.panels import asking, sealed
from governance.panels.sealed import OpenedSeat, SealedReview
from governance.store import cases, conflicts, log, panels
from governance.store.cases import Case
from governance.store.panels import Panel, PanelSeat

RequestState = Literal["asked", "given", "declined", "lapsed", "closed"]
WhyDeclined = Literal["conflict", "no_time"]

_LISTED = timedelta(days=730)
_ORDER = ("asked", "given", "closed", "declined", "lapsed")


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A request as who is asked sees it in a list: neither the case nor its subject. `rubric`: such
    as "practice/1"; `due_on`: the last local day to answer; `closed`: the panel has closed or its
    case has ended; `readable`: `one` answers."""

    request_id: str
    program: str
    rubric: str
    state: RequestState
    asked_at: datetime
    due_on: date
    is_alternate: bool
    readable: bool


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request with what a dossier is made from. `rubric`: with its rows and level texts; None if
    the policy has lost it. `ratings`, `narrative`: what they gave, empty before that;
    `may_change`: until the panel closes."""

    request: ReviewRequest
    case_id: str
    panel_id: str
    drawn_at: datetime
    subject: str
    about: str
    rubric: Rubric | None
    ratings: Mapping[str, int]
    narrative: str
    may_change: bool


def of_reviewer(sitting: Sitting, program: str, reviewer: str) -> list[ReviewRequest]:
    """The requests to somebody, those that wait for them first, then the latest first."""
    stored = panels.all_seats(sitting.tx, program, sitting.now - _LISTED)
    theirs = [
        _request(each.of.panel, each.seat)
        for each in sealed.opened(sitting, stored)
        if each.reviewer == reviewer and each.seat.state != "reserve"
    ]
    theirs.sort(key=lambda each: each.asked_at, reverse=True)
    return sorted(theirs, key=lambda each: _ORDER.index(each.state))


def one(sitting: Sitting, program: str, request_id: str, reviewer: str) -> OpenRequest:
    """A request to somebody that waits for them, or that they answered with a review.

    Raises:
        CaseRefused: unknown-case, as there is none or it is to somebody else
    """
    asked = _theirs(sitting, program, request_id, reviewer)
    case = cases.of(sitting.tx, program, asked.of.panel.case_id)
    if case is None or not asked.counts:
        raise _unknown()
    rules = rules_in_force.in_force(sitting, program)
    review = sealed.review_of(sealed.key_of(sitting, case), asked.seat)
    return OpenRequest(
        _request(asked.of.panel, asked.seat),
        case.case_id,
        asked.of.panel.panel_id,
        asked.of.panel.drawn_at,
        case.subject,
        case.about,
        rubric_of(rules, asked.of.panel),
        {} if review is None else review.ratings,
        "" if review is None else review.narrative,
        asked.of.panel.state == "open" and asked.seat.state in panels.IN_USE,
    )


def give(
    sitting: Sitting,
    program: str,
    request_id: str,
    reviewer: str,
    ratings: Mapping[str, int],
    narrative: str,
) -> ReviewRequest:
    """Give a review, or another in its place until the panel closes. The rows are those of the
    rubric, each rated 0 to 4.

    Raises:
        CaseRefused: unknown-case; not-in-state, as the panel has closed or the request is over;
            not-allowed, as rows are missing or strange, or the narrative cannot be kept;
            statement-needed, as it has no words.
    """
    case, asked = _locked(sitting, program, request_id, reviewer)
    if asked.of.panel.state != "open" or asked.seat.state not in panels.IN_USE:
        raise CaseRefused("not-in-state", "This request is over, or its panel has closed.")
    rules = rules_in_force.in_force(sitting, program)
    _check(rules, asked.of.panel, ratings, narrative)
    key = sitting.keys.key_of(case)
    review = sealed.seal_review(key, request_id, SealedReview(dict(ratings), narrative))
    is_first = asked.seat.state == "asked"
    given = replace(asked.seat, state="given", answered_at=sitting.now, review=review)
    panels.write_seat(sitting.tx, given)
    if case.state == "drawn":
        case = moving.move(sitting, rules, case, "reviewing")
    if is_first:
        body = {"panel": asked.of.panel.panel_id}
        log.note(
            sitting.tx, program, case.case_id, "review.received", asking.ITSELF, body, sitting.now
        )
    return _request(asked.of.panel, given)


def decline(
    sitting: Sitting,
    program: str,
    request_id: str,
    reviewer: str,
    why: WhyDeclined,
    words: str = "",
) -> None:
    """Let somebody else be asked at once. With a conflict, one is declared between the two; their
    words are sealed. Done already: nothing happens.

    Raises:
        CaseRefused: unknown-case; not-in-state, as a review was given or the panel has closed;
            not-allowed, as the words cannot be kept
    """
    case, asked = _locked(sitting, program, request_id, reviewer)
    if asked.seat.state == "declined":
        return
    if asked.seat.state != "asked" or asked.of.panel.state != "open":
        raise CaseRefused("not-in-state", "This request is over, or its panel has closed.")
    rules = rules_in_force.in_force(sitting, program)
    written = texts.seal(sitting, case, "review.declined", words)
    declined = replace(asked.seat, state="declined", answered_at=sitting.now)
    panels.write_seat(sitting.tx, declined)
    is_asked = asking.ask_alternate(sitting, rules, case, asked.of.panel)
    body = {"panel": asked.of.panel.panel_id, "alternate": is_asked}
    log.note(
        sitting.tx, program, case.case_id, "review.declined", asking.ITSELF, body, sitting.now,
        written,
    )  # fmt: skip
    if is_asked:
        asking.note_requested(sitting, case, asked.of.panel, 1, "alternate")
    if why == "conflict":
        pair = (case.subject, reviewer)
        conflicts.declare(sitting.tx, program, pair, "declared", reviewer, sitting.now)


def rubric_of(rules: CommitteeRules, panel: Panel) -> Rubric | None:
    """The rubric of a panel, in the version that it was drawn for."""
    wanted = (panel.rubric, panel.rubric_version)
    return next(
        (each for each in rules.policy.rubrics if (each.name, each.version) == wanted), None
    )


def _locked(
    sitting: Sitting, program: str, request_id: str, reviewer: str
) -> tuple[Case, OpenedSeat]:
    """A request to somebody, with its case locked."""
    seen = _theirs(sitting, program, request_id, reviewer)
    case = moving.locked(sitting, program, seen.of.panel.case_id)
    return case, _theirs(sitting, program, request_id, reviewer)


def _theirs(sitting: Sitting, program: str, request_id: str, reviewer: str) -> OpenedSeat:
    stored = panels.with_panel(sitting.tx, request_id)
    if stored is None or stored.panel.program != program or stored.seat.state == "reserve":
        raise _unknown()
    (asked,) = sealed.opened(sitting, [stored])
    if asked.reviewer != reviewer:
        raise _unknown()
    return asked


def _check(rules: CommitteeRules, panel: Panel, ratings: Mapping[str, int], narrative: str) -> None:
    rubric = rubric_of(rules, panel)
    if rubric is None:
        raise CaseRefused("not-allowed", "The policy has no such rubric any more.")
    if ratings.keys() != {row for row, _ in rubric.rows}:
        raise CaseRefused("not-allowed", "Rate every row of the rubric, and no other.")
    if not all(type(rating) is int and 0 <= rating < LEVELS for rating in ratings.values()):
        raise CaseRefused("not-allowed", f"A row is rated 0 to {LEVELS - 1}.")
    if not narrative.strip():
        raise CaseRefused("statement-needed", "Write what you saw; the ratings do not say why.")
    texts.check(narrative)


def _request(panel: Panel, seat: PanelSeat) -> ReviewRequest:
    assert seat.asked_at is not None, "one in reserve is no request yet"
    assert seat.due_on is not None, "what is asked is due"
    assert seat.state != "reserve"
    return ReviewRequest(
        seat.request_id, panel.program, f"{panel.rubric}/{panel.rubric_version}", seat.state,
        seat.asked_at, seat.due_on, seat.kind == "alternate", sealed.is_in_use(seat),
    )  # fmt: skip


def _unknown() -> CaseRefused:
    return CaseRefused("unknown-case", "There is no such request.")
