"""Reads panels and draws for coordinators and auditors."""

from collections.abc import Sequence

from events.instants import from_datetime
from governance.panels.opened_seats import SeatSeen
from governance.store import cases, draws, panels, people
from governance.store.cases import Case
from governance.store.draws import Draw
from governance.store.panels import IN_USE, Panel, PanelSeat
from web.views.committee.docket import Docket, NamedPeople, instant
from web.views.panels.panels import (
    DrawLine,
    PanelLine,
    PanelsShown,
    SeatOpened,
    SeatsOpened,
)

LEAST = 8
"""Of fewer reviewers, people guess who reviews."""
_MOST_CLOSED, _MOST_DRAWS = 50, 20


def read(docket: Docket) -> PanelsShown:
    """The panels of a program."""
    tx, program = docket.sitting.tx, docket.program
    every = panels.of_program(tx, program, ("open", "closed", "ended"))
    seats: dict[str, list[PanelSeat]] = {each.panel_id: [] for each in every}
    for seat in panels.seats_of(tx, seats):
        seats[seat.panel_id].append(seat)
    of_cases = {case.case_id: case for case in cases.some(tx, {one.case_id for one in every})}
    known = docket.known(*(case.subject for case in of_cases.values()))
    lines = [
        _line(docket, each, seats[each.panel_id], of_cases[each.case_id], known) for each in every
    ]
    reviewers = [one for one in people.all_of(tx, program) if "reviewer" in one.roles]
    return PanelsShown(
        today=docket.today.isoformat(),
        open=sorted(
            (one for one in lines if one.state == "open"), key=lambda one: one.due_on or "9999"
        ),
        closed=[one for one in reversed(lines) if one.state != "open"][:_MOST_CLOSED],
        draws=[*map(_draw, _held(docket))],
        reviewers=len(reviewers),
        least=LEAST,
    )


def _held(docket: Docket) -> Sequence[Draw]:
    return draws.of_program(docket.sitting.tx, docket.program, ("panels",), _MOST_DRAWS)


def _draw(draw: Draw) -> DrawLine:
    return DrawLine(
        draw_id=draw.draw_id,
        about=draw.about,
        held_at=from_datetime(draw.held_at),
        head=draw.head,
        beacons=[*draw.beacons],
        seed=draw.seed,
        cost=draw.cost,
        inputs=draw.inputs,
    )


def _line(
    docket: Docket, panel: Panel, seats: Sequence[PanelSeat], case: Case, known: NamedPeople
) -> PanelLine:
    in_use = [seat for seat in seats if seat.state in IN_USE]
    given = sum(seat.review is not None and seat.state != "declined" for seat in seats)
    wanted = panel.seats + panel.adjudicated
    is_open = panel.state == "open"
    waiting = [seat.due_on for seat in in_use if seat.state == "asked" and seat.due_on]
    due = min(waiting, default=None) if is_open else None
    left = None if due is None else (due - docket.today).days
    return PanelLine(
        panel_id=panel.panel_id,
        rubric=panel.rubric,
        version=panel.rubric_version,
        case_id=case.case_id,
        person=known.person(case.subject),
        matter=docket.matter(case.about),
        opened_at=from_datetime(case.opened_at),
        drawn_at=from_datetime(panel.drawn_at),
        closed_at=instant(panel.closed_at),
        state=panel.state,
        wanted=wanted,
        given=given,
        lacking=max(wanted - len(in_use), 0) if is_open else 0,
        adjudicated=panel.adjudicated,
        spread_stays=panel.spread_stays,
        due_on=None if due is None else due.isoformat(),
        days_left=left,
        overdue=left is not None and left < 0,
        conflict_days=panel.conflict_days,
        outside=panel.outside,
    )


def seats(docket: Docket, panel_id: str, seen: Sequence[SeatSeen]) -> SeatsOpened:
    """The seats of a panel that an auditor has opened."""
    known = docket.known(*(each.reviewer for each in seen))
    return SeatsOpened(
        panel_id=panel_id,
        seats=[
            SeatOpened(
                reviewer=None if each.reviewer is None else known.person(each.reviewer),
                kind=each.kind,
                state=each.state,
                ratings=None if each.review is None else dict(each.review.ratings),
                narrative=None if each.review is None else each.review.narrative,
            )
            for each in seen
        ],
    )
