"""Refused records: listed by filters, looked at one by one, revealed with a reason, given in again,
closed."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.queries.dead_letters import REFUSAL_REASONS, RefusalReason
from engine.store.dead_letters import listing
from engine.store.postgres.connection import transaction
from web.api.asking import Known
from web.api.ops.asking import Before, EntryId, ThisConsole, readable_reason
from web.api.ops.dead_letters import refusals
from web.ops import settling
from web.ops.console import Console
from web.ops.settling import Choice
from web.pages.frame import is_part
from web.pages.ops import frame
from web.pages.ops.frame import OperatorPage
from web.problems import Problem
from web.rendering.templates import render
from web.rendering.texts import ops_dead_letters as texts
from web.store import jobs
from web.views.ops import dead_letters

router = APIRouter(include_in_schema=False)

_PAGE = 50
_DAY = timedelta(days=1)
Field = Annotated[str, Query(max_length=20)]
Sent = Annotated[str, Form(max_length=20)]
TopicField = Annotated[str, Query(max_length=249)]
SentTopic = Annotated[str, Form(max_length=249)]
_TOPIC = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The form of which records, as it was filled in; days are UTC, both included."""

    reason: str = ""
    topic: str = ""
    partition: str = ""
    since: str = ""
    until: str = ""
    resolved: bool = False

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong, by field."""
        wrong = {}
        if self.reason not in ("", *REFUSAL_REASONS):
            wrong["reason"] = texts.BAD_REASON
        if self.topic and not _TOPIC.fullmatch(self.topic):
            wrong["topic"] = texts.BAD_TOPIC
        if self.partition and not (self.partition.isascii() and self.partition.isdigit()):
            wrong["partition"] = texts.BAD_PARTITION
        for name, text in (("since", self.since), ("until", self.until)):
            if text and _day(text) is None:
                wrong[name] = texts.BAD_DATE
        return wrong

    @property
    def choice(self) -> Choice:
        """The open records that fit; there are no faults."""
        reason: RefusalReason | None = next((r for r in REFUSAL_REASONS if r == self.reason), None)
        until = _day(self.until)
        return Choice(
            (),
            reason,
            self.topic or None,
            min(int(self.partition), 2**31 - 1) if self.partition else None,
            _day(self.since),
            until + _DAY if until else None,
        )

    @property
    def query(self) -> dict[str, str]:
        """It as the query of an address."""
        given = {
            "reason": self.reason,
            "topic": self.topic,
            "partition": self.partition,
            "since": self.since,
            "until": self.until,
            "resolved": "true" if self.resolved else "",
        }
        return {name: value for name, value in given.items() if value}


@router.get("/ops/dead-letters")
def page(
    request: Request,
    visitor: OperatorPage,
    console: ThisConsole,
    before: Before,
    known: Known,
    reason: Field = "",
    topic: TopicField = "",
    partition: Field = "",
    since: Field = "",
    until: Field = "",
    resolved: bool = False,
    discarded: Annotated[int, Query(ge=0)] = 0,
) -> HTMLResponse:
    """The list."""
    form = FilterForm(reason, topic, partition.strip(), since, until, resolved)
    text = _list(request, console, form, before, form.faults, discarded)
    return HTMLResponse(text, 422 if form.faults else 200)


@router.get("/ops/dead-letters/{dead_letter}")
def one(
    request: Request,
    dead_letter: EntryId,
    visitor: OperatorPage,
    console: ThisConsole,
    known: Known,
) -> HTMLResponse:
    """One of them, without what it holds."""
    return HTMLResponse(_one(request, console, dead_letter))


@router.post("/ops/dead-letters/{dead_letter}/reveal")
def reveal(
    request: Request,
    dead_letter: EntryId,
    visitor: OperatorPage,
    console: ThisConsole,
    reason: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """What it holds, once that somebody looked is written down."""
    why = readable_reason(reason)
    if why is None:
        return HTMLResponse(_one(request, console, dead_letter, {"why": texts.NO_REASON}), 422)
    there = settling.reveal(console, dead_letter, visitor.subject, why)
    if there is None:
        raise Problem.not_found()
    text = render(
        "ops/dead_letter.html",
        frame.layout(request, "dead-letters"),
        part=is_part(request),
        entry=dead_letters.shown(there[0]),
        revealed=dead_letters.revealed(*there),
        faults={},
    )
    return HTMLResponse(text)


@router.post("/ops/dead-letters/{dead_letter}/redrive")
def redrive_one(dead_letter: EntryId, visitor: OperatorPage, console: ThisConsole) -> Response:
    """Give one to the same rules again."""
    with refusals():
        return _to_job(settling.redrive(console, Choice((dead_letter,)), visitor.subject))


@router.post("/ops/dead-letters/{dead_letter}/discard")
def discard_one(
    request: Request,
    dead_letter: EntryId,
    visitor: OperatorPage,
    console: ThisConsole,
    because: Annotated[str, Form()] = "",
) -> Response:
    """Close one without taking it in."""
    why = readable_reason(because)
    if why is None:
        return HTMLResponse(_one(request, console, dead_letter, {"because": texts.NO_REASON}), 422)
    became = settling.discard(console, [dead_letter], visitor.subject, why)
    if became.unknown:
        raise Problem.not_found()
    return RedirectResponse(f"/ops/dead-letters?discarded={len(became.done)}", 303)


@router.post("/ops/dead-letters/redrive")
def redrive_all(
    request: Request,
    visitor: OperatorPage,
    console: ThisConsole,
    reason: Sent = "",
    topic: SentTopic = "",
    partition: Sent = "",
    since: Sent = "",
    until: Sent = "",
) -> Response:
    """Give all that fit to the same rules again."""
    form = FilterForm(reason, topic, partition, since, until)
    if form.faults:
        return HTMLResponse(_list(request, console, form, None, form.faults), 422)
    with refusals():
        return _to_job(settling.redrive(console, form.choice, visitor.subject))


@router.post("/ops/dead-letters/discard")
def discard_all(
    request: Request,
    visitor: OperatorPage,
    console: ThisConsole,
    reason: Sent = "",
    topic: SentTopic = "",
    partition: Sent = "",
    since: Sent = "",
    until: Sent = "",
    because: Annotated[str, Form()] = "",
) -> Response:
    """Close all that fit without taking them in."""
    form = FilterForm(reason, topic, partition, since, until)
    why = readable_reason(because)
    faults = form.faults | ({"because": texts.NO_REASON} if why is None else {})
    if why is None or faults:
        return HTMLResponse(_list(request, console, form, None, faults), 422)
    with refusals():
        return _to_job(settling.discard_all(console, form.choice, visitor.subject, why))


def _to_job(id: str) -> RedirectResponse:
    return RedirectResponse(f"/ops/jobs/{id}", 303)


def _list(
    request: Request,
    console: Console,
    form: FilterForm,
    before: int | None,
    faults: dict[str, str],
    discarded: int = 0,
) -> str:
    chosen = form.choice if not form.faults else Choice()
    wanted = replace(chosen.filter, open_only=not form.resolved)
    with transaction(console.pool) as tx:
        shown = dead_letters.page(tx, wanted, before, _PAGE)
        tallies = listing.tallies(tx, wanted)
        job = jobs.latest(tx, console.now())
    path = "/ops/dead-letters"
    first = f"{path}?{urlencode(form.query)}" if form.query else path
    return render(
        "ops/dead_letters.html",
        frame.layout(request, "dead-letters"),
        part=is_part(request),
        entries=shown.items,
        first=first,
        older=f"{path}?{urlencode({**form.query, 'after': shown.next})}" if shown.next else None,
        before=before,
        open=sum(tally.open for tally in tallies.values()),
        tallies=tallies,
        form=form,
        reasons=REFUSAL_REASONS,
        topics=console.settings.engine.input_topics,
        faults=faults,
        job=job,
        discarded=discarded,
        filtered=bool(form.query),
    )


def _one(
    request: Request, console: Console, number: int, faults: dict[str, str] | None = None
) -> str:
    with transaction(console.pool) as tx:
        entry = listing.one(tx, number)
    if entry is None:
        raise Problem.not_found()
    return render(
        "ops/dead_letter.html",
        frame.layout(request, "dead-letters"),
        part=is_part(request),
        entry=dead_letters.shown(entry),
        revealed=None,
        faults=faults or {},
    )


def _day(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        return None
