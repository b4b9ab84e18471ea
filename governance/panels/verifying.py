"""A draw is verified: the seed from the log, the inputs from their digest, the seats from both.

Constraints and cost are compared, and not who sits where: another solver may choose otherwise among
ways that cost the same. Who verifies opens what is sealed, which is noted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.panels import sealed
from governance.panels.draw_documents import (
    DrawDocument,
    DrawPieceDocument,
    bound_piece,
    bound_rest,
    digest,
    inputs_digest,
)
from governance.rules.panels.problem import (
    DrawProblem,
    PanelWanted,
    SeatDrawn,
    Solver,
    cost_of,
    draw,
)
from governance.rules.seeds import seed_of
from governance.store import cases, draws, log, panels
from governance.store.draws import Draw, DrawPiece
from governance.store.sealing import SealBroken


@dataclass(frozen=True, slots=True)
class VerifiedDraw:
    """A draw that was looked at. `faults`: what does not hold, in words that name nobody; `erased`:
    pieces that nothing opens any more, so that cost and seats cannot be computed again."""

    draw: Draw
    faults: tuple[str, ...]
    panels: int
    erased: int


def verify(sitting: Sitting, program: str, draw_id: str, by: str, solve: Solver) -> VerifiedDraw:
    """Verify a draw of panels or of an adjudicator; noted as an opening of its sealed inputs.

    Raises:
        CaseRefused: unknown-case, as there is no such draw; not-allowed, as it is of another kind
        LogBroken
    """
    held = draws.of(sitting.tx, program, draw_id)
    if held is None:
        raise CaseRefused("unknown-case", "There is no such draw.")
    if held.kind not in ("panels", "adjudicator"):
        raise CaseRefused("not-allowed", "This draw is public: anybody can compute it again.")
    log.verify(sitting.tx)
    stored = draws.pieces(sitting.tx, draw_id)
    opened = {piece.panel_id: _opened(sitting, program, piece) for piece in stored}
    readable = {
        panel: piece for panel, piece in opened.items() if isinstance(piece, DrawPieceDocument)
    }
    faults = [*_of_log(sitting, held), *_of_inputs(sitting, held, stored, opened)]
    erased = sum(piece is None for piece in opened.values())
    if not erased and len(readable) == len(stored) and not faults:
        faults += _of_result(sitting, held, readable, solve)
    body = {"draw_id": draw_id, "faults": len(faults)}
    log.note(sitting.tx, program, None, "draw.opened", by, body, sitting.now)
    return VerifiedDraw(held, tuple(faults), len(stored), erased)


def _opened(sitting: Sitting, program: str, piece: DrawPiece) -> DrawPieceDocument | str | None:
    """A piece; None if somebody was erased, a text if it is not as it was kept."""
    case = cases.of(sitting.tx, program, piece.case_id)
    key = None if case is None else sealed.key_of(sitting, case)
    if key is None or piece.sealed is None:
        return None
    try:
        canonical = key.open(piece.sealed, bound_piece(piece.draw_id, piece.panel_id))
    except SealBroken:
        return "a piece does not open"
    if digest(canonical) != piece.digest:
        return "a piece is another than its digest"
    return DrawPieceDocument.read(canonical)


def _of_log(sitting: Sitting, held: Draw) -> Iterator[str]:
    """What the log says otherwise than the draw."""
    entry = next(
        (
            each
            for each in log.of_program(sitting.tx, held.program)
            if each.kind == "draw.held" and each.details.get("draw_id") == held.draw_id
        ),
        None,
    )
    if entry is None:
        yield "the log has no such draw"
        return
    if log.head_before(sitting.tx, entry.id) != held.head:
        yield "the log ended otherwise before the draw"
    shown = (entry.details["about"], entry.details["seed"], entry.details["cost"],
             entry.details["inputs"], tuple(entry.details["beacons"]))  # fmt: skip
    if shown != (held.about, held.seed, held.cost, held.inputs, held.beacons):
        yield "the log shows another draw"
    if seed_of(held.head, held.about, held.beacons) != held.seed:
        yield "the seed does not follow from the log"


def _of_inputs(
    sitting: Sitting,
    held: Draw,
    stored: Sequence[DrawPiece],
    opened: Mapping[str, DrawPieceDocument | str | None],
) -> Iterator[str]:
    """What the digest of the inputs does not cover."""
    for piece in opened.values():
        if isinstance(piece, str):
            yield piece
    rest = _rest(sitting, held)
    if rest is None:
        yield "the rest of the inputs does not open"
        return
    digests = {piece.panel_id: piece.digest for piece in stored}
    if inputs_digest(digest(rest.canonical()), digests) != held.inputs:
        yield "the inputs are others than those drawn from"


def _of_result(
    sitting: Sitting, held: Draw, pieces: Mapping[str, DrawPieceDocument], solve: Solver
) -> Iterator[str]:
    """What of the seats is not as the rules have it."""
    rest = _rest(sitting, held)
    assert rest is not None, "its digest was right"
    seats = [
        SeatDrawn(panel, seat.place, seat.reviewer)
        for panel, piece in pieces.items()
        for seat in piece.seats
    ]
    problem = _problem(held.seed, rest.cap, pieces.values())
    yield from broken(problem, seats)
    if cost_of(problem, seats) != held.cost:
        yield "the seats cost otherwise than the draw says"
    best = draw(problem, solve)
    if (best.lacking, best.cost) != (_lacking(problem, seats), held.cost):
        yield "another draw would have filled more seats, or cost less"
    yield from _of_alternates(held, rest, pieces, seats, solve)
    asked = _asked(sitting, held.program, pieces)
    for panel, piece in pieces.items():
        drawn = {seat.reviewer for seat in piece.seats} | {*piece.alternates}
        if not drawn <= asked[panel]:
            yield "somebody who was drawn was not asked"


def broken(problem: DrawProblem, seats: Iterable[SeatDrawn]) -> Iterator[str]:
    """The constraints that seats break, by a plain reading."""
    wanted = {each.panel: each for each in problem.panels}
    at_cases: list[tuple[str, str]] = []
    number = dict(problem.load)
    for seat in seats:
        panel = wanted[seat.panel]
        if seat.reviewer not in panel.candidates:
            yield "somebody sits who was not eligible"
        elif seat.place == "outsider" and not panel.candidates[seat.reviewer]:
            yield "the seat of an outsider has somebody who is none"
        at_cases.append((panel.case, seat.reviewer))
        number[seat.reviewer] = number.get(seat.reviewer, 0) + 1
        if number[seat.reviewer] > problem.cap:
            yield "somebody reviews more than the cap"
    if len(set(at_cases)) < len(at_cases):
        yield "somebody reviews a case twice"


def _of_alternates(
    held: Draw,
    rest: DrawDocument,
    pieces: Mapping[str, DrawPieceDocument],
    seats: Sequence[SeatDrawn],
    solve: Solver,
) -> Iterator[str]:
    """The second run, with who was drawn for a case left out of it and their loads counted."""
    load = {who: one for piece in pieces.values() for who, (_, one) in piece.candidates.items()}
    for seat in seats:
        load[seat.reviewer] = load.get(seat.reviewer, 0) + 1
    drawn: dict[str, set[str]] = {}
    for seat in seats:
        drawn.setdefault(pieces[seat.panel].case, set()).add(seat.reviewer)
    wanted = [
        PanelWanted(
            piece.panel,
            piece.case,
            piece.alternates_wanted,
            0,
            {
                who: out
                for who, (out, _) in piece.candidates.items()
                if who not in drawn.get(piece.case, ())
            },
        )
        for piece in pieces.values()
    ]
    problem = DrawProblem(held.seed, rest.cap, wanted, load)
    second = [SeatDrawn(panel, "other", who) for panel, piece in pieces.items()
              for who in piece.alternates]  # fmt: skip
    if any(broken(problem, second)):
        yield "an alternate was not eligible"
    best = draw(problem, solve)
    costs = (cost_of(problem, second), rest.cost_of_alternates)
    if costs != (best.cost, best.cost) or _lacking(problem, second) != best.lacking:
        yield "other alternates would have cost less"


def _problem(seed: str, cap: int, pieces: Iterable[DrawPieceDocument]) -> DrawProblem:
    every = list(pieces)
    load = {who: one for piece in every for who, (_, one) in piece.candidates.items()}
    wanted = [
        PanelWanted(
            piece.panel,
            piece.case,
            piece.seats_wanted,
            piece.outsiders,
            {who: out for who, (out, _) in piece.candidates.items()},
        )
        for piece in every
    ]
    return DrawProblem(seed, cap, wanted, load)


def _lacking(problem: DrawProblem, seats: Sequence[SeatDrawn]) -> int:
    return sum(each.seats for each in problem.panels) - len(seats)


def _rest(sitting: Sitting, held: Draw) -> DrawDocument | None:
    if held.sealed is None or held.wrapped_key is None:
        return None
    try:
        opened = sitting.keys.key_of(held).open(held.sealed, bound_rest(held.draw_id))
    except SealBroken:
        return None
    return DrawDocument.read(opened)


def _asked(
    sitting: Sitting, program: str, pieces: Mapping[str, DrawPieceDocument]
) -> dict[str, set[str]]:
    """Who has or had a seat of each panel, those in reserve too."""
    asked: dict[str, set[str]] = {}
    for panel_id, piece in pieces.items():
        case = cases.of(sitting.tx, program, piece.case)
        key = None if case is None else sealed.key_of(sitting, case)
        names = (sealed.reviewer_of(key, seat) for seat in panels.seats_of(sitting.tx, [panel_id]))
        asked[panel_id] = {who for who in names if who is not None}
    return asked
