"""Generations, and what a cutover to one would change. Nothing is changed here."""

from typing import Annotated

from fastapi import APIRouter, Query

from engine.queries.snapshot import snapshot
from engine.store.awards.differences import DifferenceFilter
from engine.store.generations.replays import NoSuchGeneration
from events.award_ids import is_award_id
from web.api.asking import Known, Limit
from web.api.ops.asking import AsOperator, SmallId, ThisConsole
from web.problems import Fault, Problem
from web.views.ops import replay
from web.views.ops.replay import KINDS, Change, DiffShown, GenerationsShown, NoDiff

router = APIRouter(prefix="/v1/ops/generations", tags=["replay"])

Name = Annotated[str | None, Query(min_length=1, max_length=255)]


@router.get("", operation_id="getGenerations")
def list_(operator: AsOperator, console: ThisConsole, known: Known) -> GenerationsShown:
    """Those that are live, that were, and that may be, latest first."""
    with snapshot(console.pool) as tx:
        return replay.generations(tx)


@router.get("/{generation}/diff", operation_id="getGenerationDiff")
def diff(
    generation: SmallId,
    operator: AsOperator,
    console: ThisConsole,
    known: Known,
    badge: Name = None,
    recipient: Name = None,
    program: Name = None,
    change: Change | None = None,
    after: Annotated[str | None, Query(max_length=64)] = None,
    limit: Limit = 20,
) -> DiffShown:
    """Who would gain, lose, or have another date, and why, as far as the generation was brought up
    to date."""
    if after is not None and not is_award_id(after):
        raise Problem.invalid(Fault("/query/after", "must be the `next` of an answer"))
    wanted = chosen(change, badge, recipient, program)
    with snapshot(console.pool) as tx:
        try:
            return replay.diff(tx, console.generations, generation, wanted, after, limit)
        except NoSuchGeneration:
            raise Problem.not_found() from None
        except NoDiff:
            raise Problem("not-ready") from None


def chosen(
    change: Change | None, badge: str | None, recipient: str | None, program: str | None
) -> DifferenceFilter:
    """Which differences are asked for. Raises Problem for a text that PostgreSQL cannot hold."""
    given = {"badge": badge, "recipient": recipient, "program": program}
    faults = [
        Fault(f"/query/{name}", "must have no NUL")
        for name, text in given.items()
        if text is not None and "\x00" in text
    ]
    if faults:
        raise Problem.invalid(*faults)
    return DifferenceFilter(KINDS[change] if change else None, badge, recipient, program)
