"""`badge-engine eligible`: whom stages may be given to, as of an instant."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Annotated

import msgspec
import typer

from engine import bootstrap, settings
from engine.catalog import loader
from engine.cli.console.exit_codes import Unusable
from engine.cli.console.options import time
from engine.cli.rendering import checklist as text
from engine.handlers.policy import system_clock
from engine.projections.eligibility import Eligibility
from engine.queries import eligibility as queries
from engine.queries.eligibility import Question
from engine.queries.errors import UnknownStage
from engine.queries.snapshot import Reader, Snapshot
from events.instants import from_datetime


def eligible(
    program: Annotated[str, typer.Option(help="Of this program.")],
    stage: Annotated[str | None, typer.Option(help="One stage only, by its name.")] = None,
    participant: Annotated[str | None, typer.Option(help="One participant only.")] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(parser=time, metavar="TIME", help="By the facts until then (default: now)."),
    ] = None,
    renewal: Annotated[
        bool, typer.Option("--renewal", help="Ask what a renewal asks, where that differs.")
    ] = False,
    catalog: Annotated[
        str | None,
        typer.Option(metavar="NAME_OR_PATH", help="Ask by this catalog and its policy instead."),
    ] = None,
    compare: Annotated[
        bool,
        typer.Option("--compare", help="With --catalog: only for whom the answer would change."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object a line.")] = False,
) -> None:
    """Show whom stages may be given to: a checklist of one participant, or who is ready of all."""
    if compare and catalog is None:
        raise Unusable("--compare compares what the program goes by with --catalog: give that too")
    moment = from_datetime(as_of if as_of is not None else system_clock())
    with bootstrap.database(settings.load()) as engine, Reader(engine).snapshot() as snapshot:
        present = replace(queries.current(snapshot, program, moment), stage=stage, renewal=renewal)
        question = present
        if catalog is not None:
            other = loader.find(catalog)
            question = replace(present, catalog=other, policy=other.policy)
        lines = _asked(snapshot, program, participant, question)
        if compare:
            lines = _changed(lines, _met(snapshot, program, participant, present))
        if as_json:
            for one in lines:
                typer.echo(msgspec.json.encode(one.as_json()).decode())
        elif compare:
            typer.echo("\n".join(text.changes(lines)))
        elif participant is not None:
            for one in lines:
                typer.echo("\n".join([*text.one(question.catalog, one), ""]))
        else:
            typer.echo("\n".join(text.everybody(question.catalog, lines)))


def _asked(
    snapshot: Snapshot, program: str, participant: str | None, question: Question
) -> Iterable[Eligibility]:
    if participant is not None:
        return queries.of_person(snapshot, program, participant, question)
    return queries.of_program(snapshot, program, question)


def _met(
    snapshot: Snapshot, program: str, participant: str | None, present: Question
) -> set[tuple[str, str]]:
    """Who may be given which stage now; nobody any where the catalog has no such stage."""
    try:
        lines = _asked(snapshot, program, participant, present)
        return {(one.participant_id, one.stage) for one in lines if one.met}
    except UnknownStage:
        return set()


def _changed(lines: Iterable[Eligibility], met: set[tuple[str, str]]) -> Iterator[Eligibility]:
    return (one for one in lines if one.met != ((one.participant_id, one.stage) in met))
