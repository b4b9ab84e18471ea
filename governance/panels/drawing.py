"""Draws of panels: all cases of a week together, by a seed that nobody knew before.

The solver is handed in, so that what pages use of governance needs none of its libraries.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from governance import notices
from governance.calibration import standing as calibration
from governance.cases import moving, rules_in_force, seating
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.panels import asking
from governance.panels.draw_documents import (
    DrawDocument,
    DrawPieceDocument,
    PieceSeat,
    bound_piece,
    bound_rest,
    digest,
    inputs_digest,
)
from governance.panels.pool import Pool
from governance.rules.panels import needs, problem
from governance.rules.panels.panel_rules import PanelRules
from governance.rules.panels.problem import Drawn, DrawProblem, PanelWanted, SeatDrawn, Solver
from governance.rules.panels.weeks import Week
from governance.rules.seeds import seed_of
from governance.rules.states import APPLICATIONS
from governance.store import beacons, cases, draws, log, panels
from governance.store.cases import Case
from governance.store.draws import Draw, DrawKind, DrawPiece
from governance.store.panels import Panel


@dataclass(frozen=True, slots=True)
class PanelToFill:
    """A panel with so many seats to be drawn, and who may have them. `alternates`: how many are
    drawn besides."""

    case: Case
    panel: Panel
    seats: int
    outsiders: int
    candidates: dict[str, bool]
    alternates: int = 0


@dataclass(frozen=True, slots=True)
class HeldDraw:
    """A draw that was held: who was drawn by panel, in `drawn`, and second, in `second`."""

    draw: Draw
    drawn: Drawn
    second: Drawn
    panels: Sequence[PanelToFill] = field(default_factory=tuple)


def hold(
    sitting: Sitting, program: str, week: Week, solve: Solver, until: datetime | None = None
) -> HeldDraw | None:
    """Hold the draw of a week: every application that lacks nothing but reviews gets its panels.
    None: no case waits. `until`: those acknowledged later wait for the next one.

    Raises:
        CatalogAltered, PolicyAltered
    """
    rules = rules_in_force.in_force(sitting, program)
    panel_rules = PanelRules.of(rules.policy.governance)
    if panel_rules is None:
        return None
    waiting = _waiting(sitting, rules, panel_rules, program, until)
    if not waiting:
        return None
    pool = Pool.of(sitting, rules, panel_rules, program)
    fills = [
        _new_panel(sitting, pool, case, rubric)
        for case, rubrics in waiting
        for rubric, number in rubrics.items()
        for _ in range(number)
    ]
    held = draw(sitting, pool, "panels", free_name(sitting, program, "panels", str(week)), fills,
                solve, str(week))  # fmt: skip
    for fill in fills:
        panels.add(sitting.tx, fill.panel)
    for case, _ in waiting:
        moved = moving.move(sitting, rules, case, "drawn")
        theirs = [fill for fill in fills if fill.case.case_id == case.case_id]
        _note_drawn(sitting, moved, held, theirs)
        for fill in theirs:
            seat(sitting, rules, moved, fill, held)
        notices.notify(sitting, moved, "drawn", [case.subject])
        note_open(sitting, moved, held, theirs)
    return held


def draw(
    sitting: Sitting,
    pool: Pool,
    kind: DrawKind,
    about: str,
    fills: Sequence[PanelToFill],
    solve: Solver,
    week: str | None = None,
) -> HeldDraw:
    """Draw for panels whose cases are locked, and keep the draw with its sealed inputs. Nobody is
    asked yet. `week`: whose beacons count."""
    log.lock(sitting.tx)
    head = log.head(sitting.tx).head
    values = beacons.of(sitting.tx, pool.program, week) if week is not None else ()
    seed = seed_of(head, about, values)
    fills = _without_reciprocity(seed, fills)
    load = pool.load()
    first = problem.draw(_problem(seed, pool, fills, load), solve)
    second = problem.draw(second_problem(seed, pool.panel.cap_per_quarter, fills, load, first),
                          solve)  # fmt: skip
    kept = _keep(sitting, (pool.program, kind, about), (head, values, seed),
                 (pool.panel, load), fills, (first, second))  # fmt: skip
    body = {
        "draw_id": kept.draw_id,
        "about": about,
        "seed": seed,
        "beacons": list(values),
        "cost": first.cost,
        "inputs": kept.inputs,
        "seats": len(first.seats),
        "open": first.lacking,
    }
    log.note(sitting.tx, pool.program, None, "draw.held", asking.ITSELF, body, sitting.now)
    return HeldDraw(kept, first, second, fills)


def seat(
    sitting: Sitting, rules: CommitteeRules, case: Case, fill: PanelToFill, held: HeldDraw
) -> int:
    """Ask those who were drawn for a panel, and keep the alternates; gives how many were asked."""
    theirs = [each for each in held.drawn.seats if each.panel == fill.panel.panel_id]
    for each in theirs:
        kind = "adjudicator" if held.draw.kind == "adjudicator" else each.place
        asking.ask(sitting, rules, case, fill.panel, each.reviewer, kind)
    for reviewer in held.second.reviewers(fill.panel.panel_id):
        asking.reserve(sitting, case, fill.panel, reviewer)
    if theirs:
        word = "adjudicator" if held.draw.kind == "adjudicator" else "drawn"
        asking.note_requested(sitting, case, fill.panel, len(theirs), word)
    return len(theirs)


def note_open(sitting: Sitting, case: Case, held: HeldDraw, fills: Sequence[PanelToFill]) -> None:
    """Notify the chairs if seats of a case stay open."""
    theirs = {fill.panel.panel_id for fill in fills}
    if any(each.panel in theirs for each in held.drawn.open):
        notices.notify(sitting, case, "seats_open", seating.chairs(sitting, case.program))


def free_name(sitting: Sitting, program: str, kind: DrawKind, about: str) -> str:
    """What a draw is called: its week, say, and with a number behind it from the second on."""
    name, number = about, 1
    while draws.about(sitting.tx, program, kind, name) is not None:
        number += 1
        name = f"{about}/{number}"
    return name


def second_problem(
    seed: str,
    cap: int,
    fills: Sequence[PanelToFill],
    load: dict[str, int],
    first: Drawn,
) -> DrawProblem:
    """The draw of the alternates: the same, with who was drawn for a case left out of it, and their
    loads counted."""
    case_of = {fill.panel.panel_id: fill.case.case_id for fill in fills}
    drawn: dict[str, set[str]] = {}
    with_first = dict(load)
    for each in first.seats:
        drawn.setdefault(case_of[each.panel], set()).add(each.reviewer)
        with_first[each.reviewer] = with_first.get(each.reviewer, 0) + 1
    wanted = [
        PanelWanted(
            fill.panel.panel_id,
            fill.case.case_id,
            fill.alternates,
            0,
            {
                who: is_outsider
                for who, is_outsider in fill.candidates.items()
                if who not in drawn.get(fill.case.case_id, ())
            },
        )
        for fill in fills
    ]
    return DrawProblem(seed, cap, wanted, with_first)


def _waiting(
    sitting: Sitting,
    rules: CommitteeRules,
    panel: PanelRules,
    program: str,
    until: datetime | None,
) -> list[tuple[Case, dict[str, int]]]:
    """The applications that are drawn now, locked, by id, with how many panels of which rubric each
    needs."""
    drawable = []
    listed = cases.page(sitting.tx, program, ["acknowledged"], sorted(APPLICATIONS))
    for seen in sorted(listed, key=lambda case: case.case_id):
        case = moving.locked(sitting, program, seen.case_id)
        if case.state != "acknowledged" or (until is not None and case.state_since >= until):
            continue
        if case.wrapped_key is None:
            continue
        ground = moving.ground_now(sitting, case)
        if not ground.met_but_reviews:
            continue
        needed = needs.rubrics_needed(rules.catalog, rules.policy, ground.lines, panel.seats)
        if needed:
            drawable.append((case, needed))
    return drawable


def _new_panel(sitting: Sitting, pool: Pool, case: Case, rubric: str) -> PanelToFill:
    name, version = rubric.rsplit("/", 1)
    rules = pool.panel
    seats = rules.seats + calibration.seats_more(sitting, pool.program, rubric)
    outsiders = min(rules.outsiders, seats)
    panel = Panel(
        str(uuid4()), case.case_id, pool.program, name, int(version), seats, outsiders,
        rules.spread, sitting.now,
    )  # fmt: skip
    candidates = pool.candidates(case, rubric)
    return PanelToFill(case, panel, seats, outsiders, candidates, rules.alternates)


def _without_reciprocity(seed: str, fills: Sequence[PanelToFill]) -> list[PanelToFill]:
    subjects = {fill.case.case_id: fill.case.subject for fill in fills}
    eligible: dict[str, set[str]] = {}
    for fill in fills:
        eligible.setdefault(fill.case.case_id, set()).update(fill.candidates)
    allowed = problem.without_reciprocity(seed, subjects, eligible)
    return [
        replace(
            fill,
            candidates={
                who: is_outsider
                for who, is_outsider in fill.candidates.items()
                if who in allowed[fill.case.case_id]
            },
        )
        for fill in fills
    ]


def _problem(
    seed: str, pool: Pool, fills: Sequence[PanelToFill], load: dict[str, int]
) -> DrawProblem:
    wanted = [
        PanelWanted(
            fill.panel.panel_id, fill.case.case_id, fill.seats, fill.outsiders, fill.candidates
        )
        for fill in fills
    ]
    return DrawProblem(seed, pool.panel.cap_per_quarter, wanted, load)


def _keep(
    sitting: Sitting,
    name: tuple[str, DrawKind, str],
    seeded: tuple[str, tuple[str, ...], str],
    asked: tuple[PanelRules, dict[str, int]],
    fills: Sequence[PanelToFill],
    results: tuple[Drawn, Drawn],
) -> Draw:
    """Keep a draw: its inputs sealed, their digest open."""
    program, kind, about = name
    head, values, seed = seeded
    rules, load = asked
    first, second = results
    draw_id, key = str(uuid4()), sitting.keys.new()
    rest = DrawDocument(secrets.token_hex(16), rules.cap_per_quarter, second.cost).canonical()
    pieces = {fill.panel.panel_id: _piece(fill, load, results).canonical() for fill in fills}
    digests = {panel_id: digest(piece) for panel_id, piece in pieces.items()}
    kept = Draw(
        draw_id, program, kind, about, head, values, seed, inputs_digest(digest(rest), digests),
        sitting.now, cost=first.cost, sealed=key.key.seal(rest, bound_rest(draw_id)),
        wrapped_key=key.wrapped, kid=key.kid,
    )  # fmt: skip
    assert draws.add(sitting.tx, kept), "its name is free"
    for fill in fills:
        panel_id = fill.panel.panel_id
        sealed = sitting.keys.key_of(fill.case).seal(
            pieces[panel_id], bound_piece(draw_id, panel_id)
        )
        draws.add_piece(
            sitting.tx,
            DrawPiece(draw_id, panel_id, fill.case.case_id, digests[panel_id], sealed),
        )
    return kept


def _piece(
    fill: PanelToFill, load: dict[str, int], results: tuple[Drawn, Drawn]
) -> DrawPieceDocument:
    first, second = results
    panel_id = fill.panel.panel_id
    return DrawPieceDocument(
        secrets.token_hex(16),
        panel_id,
        fill.case.case_id,
        fill.seats,
        fill.outsiders,
        fill.alternates,
        {who: (out, load.get(who, 0)) for who, out in sorted(fill.candidates.items())},
        tuple(_seats(panel_id, first.seats)),
        tuple(second.reviewers(panel_id)),
    )


def _seats(panel_id: str, seats: Sequence[SeatDrawn]) -> list[PieceSeat]:
    return [PieceSeat(each.place, each.reviewer) for each in seats if each.panel == panel_id]


def _note_drawn(sitting: Sitting, case: Case, held: HeldDraw, fills: Sequence[PanelToFill]) -> None:
    for fill in fills:
        panel_id = fill.panel.panel_id
        body = {
            "draw": held.draw.draw_id,
            "panel": panel_id,
            "rubric": f"{fill.panel.rubric}/{fill.panel.rubric_version}",
            "seats": fill.seats,
            "open": sum(each.number for each in held.drawn.open if each.panel == panel_id),
        }
        log.note(
            sitting.tx, case.program, case.case_id, "panel.drawn", asking.ITSELF, body, sitting.now
        )
