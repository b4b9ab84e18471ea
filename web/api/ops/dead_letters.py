"""Refused records: listed, looked at, given in again, closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from starlette.responses import JSONResponse

from engine.queries.dead_letters import RefusalReason
from engine.store.dead_letters import listing
from engine.store.dead_letters.listing import DeadLetterFilter
from engine.store.postgres.connection import transaction
from web.api.asking import Known, Limit
from web.api.json_bodies import json_body
from web.api.ops.asking import AsOperator, Before, EntryId, ThisConsole, TopicName, readable_reason
from web.ops import settling
from web.ops.jobs import JobRunning
from web.ops.settling import Choice, NothingChosen, TooManyChosen
from web.problems import Fault, Problem
from web.views.model import View
from web.views.ops import dead_letters, jobs
from web.views.ops.dead_letters import DeadLetterRevealed, DeadLetterShown, DeadLettersPage
from web.views.ops.jobs import JobStarted

router = APIRouter(prefix="/v1/ops/dead-letters", tags=["dead-letters"])

_MOST_IDS = 500
_BIGGEST = 2**31 - 1
ReasonText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Partition = Annotated[int | None, Query(ge=0, le=_BIGGEST)]


@router.get("", operation_id="getDeadLetters")
def list_(
    operator: AsOperator,
    console: ThisConsole,
    before: Before,
    known: Known,
    reason: RefusalReason | None = None,
    topic: TopicName | None = None,
    partition: Partition = None,
    since: Annotated[datetime | None, Query(description="First seen then or later")] = None,
    until: Annotated[datetime | None, Query(description="First seen before then")] = None,
    resolved: Annotated[bool, Query(description="The resolved ones too")] = False,
    limit: Limit = 20,
) -> DeadLettersPage:
    """Refused records, newest first, without what they hold."""
    wanted = DeadLetterFilter(reason, topic, partition, since, until, open_only=not resolved)
    with transaction(console.pool) as tx:
        return dead_letters.page(tx, wanted, before, limit)


@router.get("/{dead_letter}", operation_id="getDeadLetter")
def show(
    dead_letter: EntryId, operator: AsOperator, console: ThisConsole, known: Known
) -> DeadLetterShown:
    """One of them, without what it holds."""
    with transaction(console.pool) as tx:
        entry = listing.one(tx, dead_letter)
    if entry is None:
        raise Problem.not_found()
    return dead_letters.shown(entry)


class RevealReason(BaseModel):
    """Why somebody looks at what a record holds; it is written down."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reason: ReasonText


@router.post("/{dead_letter}/reveal", operation_id="revealDeadLetter")
def reveal(
    dead_letter: EntryId,
    operator: AsOperator,
    console: ThisConsole,
    known: Known,
    given: Annotated[RevealReason, Depends(json_body(RevealReason))],
) -> DeadLetterRevealed:
    """What one of them holds, private notes hidden. That it was looked at, by whom and why, is
    written down before the answer."""
    why = readable(given.reason, "/reason")
    there = settling.reveal(console, dead_letter, operator.subject, why)
    if there is None:
        raise Problem.not_found()
    return dead_letters.revealed(*there)


class DeadLettersChosen(BaseModel):
    """Which open dead letters: `ids`, or a filter, or all of them."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[int, Field(ge=1, lt=2**63)]] | None = Field(
        None, min_length=1, max_length=_MOST_IDS
    )
    reason: RefusalReason | None = None
    topic: TopicName | None = None
    partition: Annotated[int, Field(ge=0, le=_BIGGEST)] | None = None
    since: datetime | None = None
    until: datetime | None = None
    all: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = (self.reason, self.topic, self.partition, self.since, self.until)
        filtered = any(value is not None for value in given)
        if sum((self.ids is not None, filtered, self.all)) != 1:
            raise ValueError("say which: ids, a filter, or all")
        return self

    @property
    def choice(self) -> Choice:
        """It as it is acted upon."""
        ids = tuple(dict.fromkeys(self.ids or ()))
        return Choice(ids, self.reason, self.topic, self.partition, self.since, self.until)


class DeadLettersDiscarded(DeadLettersChosen):
    """Which open dead letters are closed, and why; it is written down."""

    because: ReasonText


class Discarded(View):
    """What became of the ids: closed, how many were resolved before, and which are unknown."""

    discarded: list[int]
    already: int
    unknown: list[int]


@router.post("/redrive", operation_id="redriveDeadLetters", status_code=202)
def redrive(
    operator: AsOperator,
    console: ThisConsole,
    known: Known,
    chosen: Annotated[DeadLettersChosen, Depends(json_body(DeadLettersChosen))],
) -> JobStarted:
    """Give refused records to the same rules again, in a job. What is refused again stays open."""
    with refusals():
        return jobs.started(settling.redrive(console, chosen.choice, operator.subject))


@router.post(
    "/discard",
    operation_id="discardDeadLetters",
    responses={202: {"model": JobStarted, "description": "Of a filter: as a job"}},
)
def discard(
    operator: AsOperator,
    console: ThisConsole,
    known: Known,
    chosen: Annotated[DeadLettersDiscarded, Depends(json_body(DeadLettersDiscarded))],
) -> Discarded:
    """Close refused records without taking them in: some by their ids at once, more by a filter in
    a job. Their bytes are kept, but for private notes in clear."""
    because = readable(chosen.because, "/because")
    if chosen.ids is None:
        with refusals():
            job = settling.discard_all(console, chosen.choice, operator.subject, because)
        return JSONResponse(jobs.started(job).model_dump(), 202)  # type: ignore[return-value]
    became = settling.discard(console, chosen.choice.ids, operator.subject, because)
    return Discarded(discarded=became.done, already=became.already, unknown=became.unknown)


@contextmanager
def refusals() -> Iterator[None]:
    """What stands in the way of a job in the block, as problems."""
    try:
        yield
    except JobRunning:
        raise Problem("job-running") from None
    except NothingChosen:
        raise Problem("not-ready") from None
    except TooManyChosen:
        most = f"more than {settling.MOST_AT_ONCE:,} fit; give a reason and nothing else"
        raise Problem.invalid(Fault("", most)) from None


def readable(text: str, pointer: str) -> str:
    """A reason as it is written down. Raises Problem."""
    reason = readable_reason(text)
    if reason is None:
        raise Problem.invalid(Fault(pointer, "must have 1 to 200 readable characters"))
    return reason
