"""Panels of a program as coordinators and auditors follow them.

Who sits on a panel is nowhere here but in what an auditor opens.
"""

from typing import Literal

from web.views.committee.cases import MatterShown
from web.views.model import InstantText, View
from web.views.people import Person
from web.views.progress import DayText

PanelState = Literal["open", "closed", "ended"]


class PanelLine(View):
    """A panel in a list. `case_id`, `person`, `matter`, `opened_at`: of its case. `wanted`: how
    many reviews it waits for, with an adjudicator if one was drawn; `given`: how many are in;
    `lacking`: seats that nobody has. `due_on`: the first day by which somebody is to answer, null
    where nobody is asked.
    `conflict_days`, `outside`: how its draw was widened, null and false where it was not."""

    panel_id: str
    rubric: str
    version: int
    case_id: str
    person: Person
    matter: MatterShown
    opened_at: InstantText
    drawn_at: InstantText
    closed_at: InstantText | None
    state: PanelState
    wanted: int
    given: int
    lacking: int
    adjudicated: bool
    spread_stays: bool
    due_on: DayText | None
    days_left: int | None
    overdue: bool
    conflict_days: int | None
    outside: bool


class DrawLine(View):
    """A draw of panels that was held. `about`: its week, such as "2026-W48". `seed`: hex SHA-256 of
    the `head` of the log before it, what it is about, and the public `beacons`; `cost`: what the
    seats cost together; `inputs`: hex SHA-256 of what was drawn from, salted, so that nobody
    computes the seats."""

    draw_id: str
    about: str
    held_at: InstantText
    head: str
    beacons: list[str]
    seed: str
    cost: int | None
    inputs: str


class PanelsShown(View):
    """Panels and draws of a program. `open`: due first ahead; `closed`: latest first, at most
    fifty; `draws`: latest first, at most twenty. `reviewers`: how many people may be picked at
    present, `least` how many the draw needs so that nobody guesses who reviews."""

    today: DayText
    open: list[PanelLine]
    closed: list[PanelLine]
    draws: list[DrawLine]
    reviewers: int
    least: int


class SeatOpened(View):
    """A seat of a panel as an auditor opens it. `reviewer`: null where they were erased."""

    reviewer: Person | None
    kind: Literal["outsider", "other", "alternate", "adjudicator"]
    state: Literal["reserve", "asked", "given", "declined", "lapsed", "closed"]
    ratings: dict[str, int] | None
    narrative: str | None


class SeatsOpened(View):
    """The seats of a panel. That they were opened is in the log."""

    panel_id: str
    seats: list[SeatOpened]
