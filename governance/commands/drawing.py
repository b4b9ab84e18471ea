"""`badge-governance draw` and `verify-draw`: what was drawn, a line each, naming nobody."""

from collections.abc import Iterator

from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.panels import drawing, verifying
from governance.panels.drawing import HeldDraw
from governance.panels.verifying import VerifiedDraw
from governance.rewards import lotteries
from governance.rules.panels import flow, paths
from governance.rules.panels.weeks import Week
from governance.store import draws


def draw(sitting: Sitting, program: str, week: Week) -> list[str]:
    """Hold the draw of a week for what waits now; gives lines."""
    held = drawing.hold(sitting, program, week, flow.solve)
    return ["no case waits for a panel"] if held is None else list(_held(held))


def listed(sitting: Sitting, program: str) -> Iterator[str]:
    """A line for each draw of a program, latest first."""
    for each in draws.of_program(sitting.tx, program, draws.KINDS):
        yield f"{each.draw_id}  {each.held_at:%Y-%m-%d}  {each.kind}  {each.about}"


def verify(sitting: Sitting, program: str, draw_id: str, by: str) -> tuple[list[str], bool]:
    """Verify a draw; gives lines, and whether all of it holds. Panels are computed by another
    solver than the one that drew.

    Raises:
        CaseRefused: unknown-case
        LogBroken
    """
    held = draws.of(sitting.tx, program, draw_id)
    if held is None:
        raise CaseRefused("unknown-case", "There is no such draw.")
    if held.kind not in ("panels", "adjudicator"):
        faults = list(lotteries.verify_held(sitting, held))
        head = f"{held.kind} {held.about}: seed {held.seed}"
        return [head, *_verdict(faults)], not faults
    verified = verifying.verify(sitting, program, draw_id, by, paths.solve)
    return list(_verified(verified)), not verified.faults


def _held(held: HeldDraw) -> Iterator[str]:
    draw = held.draw
    yield f"draw {draw.draw_id} of {draw.about}; panels: {len(held.panels)}"
    yield f"seed {draw.seed}"
    yield f"cost {draw.cost}, inputs {draw.inputs}"
    yield f"{len(held.drawn.seats)} asked, {len(held.second.seats)} in reserve"
    for each in held.drawn.open:
        yield f"panel {each.panel}: {each.number} open ({each.place}); widen it"


def _verified(verified: VerifiedDraw) -> Iterator[str]:
    draw = verified.draw
    yield f"{draw.kind} {draw.about}: seed {draw.seed}"
    yield f"panels: {verified.panels}, cost {draw.cost}, inputs {draw.inputs}"
    if verified.erased:
        yield f"of people who were erased: {verified.erased}; cost and seats not computed"
    yield from _verdict(verified.faults)


def _verdict(faults: list[str] | tuple[str, ...]) -> Iterator[str]:
    yield from faults
    yield "the draw does not hold" if faults else "the draw holds"
