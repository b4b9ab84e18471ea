"""Panels, and the requests that are their seats. Who is asked stands in one sealed column."""

from collections.abc import Collection
from dataclasses import astuple, dataclass, field, fields
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from engine.store.postgres.connection import Row, Transaction

PanelState = Literal["open", "closed", "ended"]
SeatKind = Literal["outsider", "other", "alternate", "adjudicator"]
SeatState = Literal["reserve", "asked", "given", "declined", "lapsed", "closed"]

IN_USE: frozenset[SeatState] = frozenset({"asked", "given"})
"""States of a seat that somebody has."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel of one case under one rubric; the migration explains the columns. `seats`: how many
    are wanted, `outsiders` of them for people who share no cohort; `spread`: from how far scores
    are apart an adjudicator is drawn."""

    panel_id: str
    case_id: str
    program: str
    rubric: str
    rubric_version: int
    seats: int
    outsiders: int
    spread: float
    drawn_at: datetime
    state: PanelState = "open"
    conflict_days: int | None = None
    outside: bool = False
    adjudicated: bool = False
    closed_at: datetime | None = None
    spread_stays: bool = False
    noted: bool = False


@dataclass(frozen=True, slots=True)
class PanelSeat:
    """A request to somebody. `reviewer`, `review`: sealed under the key of the case; `due_on`: the
    last local day to answer. One in reserve was not asked yet."""

    request_id: str
    panel_id: str
    kind: SeatKind
    state: SeatState
    asked_at: datetime | None
    due_on: date | None
    reviewer: bytes | None = field(repr=False)
    answered_at: datetime | None = None
    review: bytes | None = field(default=None, repr=False)


_PANEL = [each.name for each in fields(Panel)]
_SEAT = [each.name for each in fields(PanelSeat)]
_UUIDS = ("panel_id", "case_id", "request_id")


def _shown(prefix: str, names: list[str]) -> str:
    texts = {name: f"{prefix}.{name}::text" for name in _UUIDS} | {"spread": "p.spread::float8"}
    return ", ".join(texts.get(name, f"{prefix}.{name}") for name in names)


def _values(names: list[str]) -> str:
    return ", ".join("%s::text::uuid" if name in _UUIDS else "%s" for name in names)


_PANELS = f"SELECT {_shown('p', _PANEL)} FROM governance.panels p "
_SEATS = f"SELECT {_shown('s', _SEAT)} FROM governance.panel_seats s "


def add(tx: Transaction, panel: Panel) -> None:
    """Add a panel."""
    tx.execute(
        f"INSERT INTO governance.panels ({', '.join(_PANEL)}) VALUES ({_values(_PANEL)})",
        *astuple(panel),
    )


def write(tx: Transaction, panel: Panel) -> None:
    """Write what may change of a panel, whose case is locked."""
    tx.execute(
        "UPDATE governance.panels SET outsiders = %s, conflict_days = %s, outside = %s, "
        "adjudicated = %s, state = %s, closed_at = %s, spread_stays = %s, noted = %s "
        "WHERE panel_id = %s::text::uuid",
        panel.outsiders, panel.conflict_days, panel.outside, panel.adjudicated, panel.state,
        panel.closed_at, panel.spread_stays, panel.noted, panel.panel_id,
    )  # fmt: skip


def of(tx: Transaction, panel_id: str) -> Panel | None:
    """A panel; a text that is no UUID is none."""
    try:
        known = str(UUID(panel_id))
    except ValueError:
        return None
    row = tx.one(_PANELS + "WHERE p.panel_id = %s::text::uuid", known)
    return Panel(*row) if row is not None else None


def of_cases(tx: Transaction, case_ids: Collection[str]) -> list[Panel]:
    """The panels of cases, in the order they were drawn."""
    return _panels(
        tx,
        "WHERE p.case_id = ANY (%s::text[]::uuid[]) ORDER BY p.drawn_at, p.panel_id",
        sorted(case_ids),
    )


def of_program(tx: Transaction, program: str, states: Collection[PanelState]) -> list[Panel]:
    """The panels of a program in these states, in the order they were drawn."""
    return _panels(
        tx,
        "WHERE p.program = %s AND p.state = ANY (%s::text[]) ORDER BY p.drawn_at, p.panel_id",
        program, sorted(states),
    )  # fmt: skip


def add_seat(tx: Transaction, seat: PanelSeat) -> None:
    """Add a request."""
    tx.execute(
        f"INSERT INTO governance.panel_seats ({', '.join(_SEAT)}) VALUES ({_values(_SEAT)})",
        *astuple(seat),
    )


def write_seat(tx: Transaction, seat: PanelSeat) -> None:
    """Write what may change of a request, whose case is locked."""
    tx.execute(
        "UPDATE governance.panel_seats SET state = %s, asked_at = %s, due_on = %s, "
        "answered_at = %s, reviewer = %s, review = %s WHERE request_id = %s::text::uuid",
        seat.state, seat.asked_at, seat.due_on, seat.answered_at, seat.reviewer, seat.review,
        seat.request_id,
    )  # fmt: skip


def seats_of(tx: Transaction, panel_ids: Collection[str]) -> list[PanelSeat]:
    """The requests of panels, in order of their ids, which say nothing."""
    rows = tx.rows(
        _SEATS + "WHERE s.panel_id = ANY (%s::text[]::uuid[]) ORDER BY s.request_id",
        sorted(panel_ids),
    )
    return [PanelSeat(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class SeatOfProgram:
    """A request with its panel and what opens it: the subject and the wrapped key of its case, None
    once the subject was erased."""

    seat: PanelSeat
    panel: Panel
    subject: str
    wrapped_key: bytes | None
    kid: str | None


def all_seats(tx: Transaction, program: str, since: datetime) -> list[SeatOfProgram]:
    """The requests of all panels of a program that are open, or were drawn since some time; in
    order of their ids."""
    return _seats_of_program(
        tx, "WHERE p.program = %s AND (p.state = 'open' OR p.drawn_at >= %s)", program, since
    )


def seats_about(tx: Transaction, program: str, subject: str) -> list[SeatOfProgram]:
    """The requests of all panels about somebody, in order of their ids."""
    return _seats_of_program(tx, "WHERE p.program = %s AND c.subject = %s", program, subject)


def with_panel(tx: Transaction, request_id: str) -> SeatOfProgram | None:
    """A request with its panel; a text that is no UUID is none."""
    try:
        known = str(UUID(request_id))
    except ValueError:
        return None
    stored = _seats_of_program(tx, "WHERE s.request_id = %s::text::uuid", known)
    return stored[0] if stored else None


def _seats_of_program(tx: Transaction, condition: str, *parameters: object) -> list[SeatOfProgram]:
    rows = tx.rows(
        f"SELECT {_shown('s', _SEAT)}, {_shown('p', _PANEL)}, c.subject, c.wrapped_key, c.kid "
        "FROM governance.panel_seats s JOIN governance.panels p USING (panel_id) "
        f"JOIN governance.cases c USING (case_id) {condition} ORDER BY s.request_id",
        *parameters,
    )
    return [_seat_of_program(row) for row in rows]


def _seat_of_program(row: Row) -> SeatOfProgram:
    begin, end = len(_SEAT), len(_SEAT) + len(_PANEL)
    return SeatOfProgram(PanelSeat(*row[:begin]), Panel(*row[begin:end]), *row[end:])


def _panels(tx: Transaction, condition: str, *parameters: object) -> list[Panel]:
    return [Panel(*row) for row in tx.rows(_PANELS + condition, *parameters)]
