"""`badge-replay plan`, `build` and `run`: up to where there is a diff to look at."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import Engine

from engine.catalog import loader
from engine.cli.console.options import Now, clock
from engine.cli.console.progress import progress
from engine.cli.rendering import catalog_warnings
from engine.handlers.policy import IntakePolicy
from engine.settings import Settings
from engine.store.postgres.connection import transaction
from replay.build import build as building
from replay.build import plan as planning
from replay.build import sources, verify
from replay.build.admission import SourceAdmission
from replay.build.plan import Plan, SourceRead
from replay.build.reading import HistoryReading, RefusedReading
from replay.commands import show
from replay.commands.session import GenerationId, database, shown
from replay.switch.cleanup import sweep

_REFUSED_SHOWN = 10

ToCatalog = Annotated[str, typer.Option("--catalog", metavar="NAME_OR_PATH", help="To be under.")]
OfProgram = Annotated[
    list[str] | None,
    typer.Option("--program", metavar="ID", help="Only these; without it, all programs."),
]
MaxRate = Annotated[
    float | None,
    typer.Option(min=1, metavar="N", help="Facts a second at the most, to spare the database."),
]
FromSource = Annotated[
    str,
    typer.Option(metavar="ledger|FILE.jsonl|kafka:TOPIC", help="Where the history comes from."),
]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]


def plan(
    catalog: ToCatalog,
    source: FromSource = sources.LEDGER,
    program: OfProgram = None,
    as_json: AsJson = False,
    now: Now = None,
) -> None:
    """Plan a new generation: what is read, and what changes. The last line is its number."""
    with database() as (settings, engine):
        planned = _plan(engine, settings, catalog, source, program, now)
    if as_json:
        typer.echo(json.dumps(_as_json(planned)))
    else:
        _print(planned)
        typer.echo(planned.replay.id)


def build(generation: GenerationId, max_rate: MaxRate = None, as_json: AsJson = False) -> None:
    """Fold all facts under the generation's catalog, and verify the result. What an earlier run has
    done is not done again."""
    with database() as (settings, engine):
        _build(engine, settings, generation, max_rate, as_json)


def run(
    catalog: ToCatalog,
    source: FromSource = sources.LEDGER,
    program: OfProgram = None,
    max_rate: MaxRate = None,
    now: Now = None,
) -> None:
    """Plan, build, verify and show the diff, in one. The last line is the generation's number."""
    with database() as (settings, engine):
        planned = _plan(engine, settings, catalog, source, program, now)
        _print(planned)
        _build(engine, settings, planned.replay.id, max_rate, as_json=False)
        show.show(engine, planned.replay.id)
    typer.echo(planned.replay.id)


def _plan(
    engine: Engine,
    settings: Settings,
    catalog: str,
    source: str,
    programs: list[str] | None,
    now: datetime | None,
) -> Plan:
    wanted = loader.find(catalog)
    sweep(engine)
    catalog_warnings.show(wanted)
    with transaction(engine) as tx:
        catalog_warnings.show_namesakes(tx, wanted)
    if source == sources.LEDGER:
        with transaction(engine) as tx:
            return planning.plan(tx, wanted, programs)
    latest = IntakePolicy(clock(now), settings.tolerance).latest()
    on = sources.kind(source, settings)
    with transaction(engine) as tx:
        history = HistoryReading(tx, SourceAdmission(wanted, latest, programs))
        records = progress(sources.records(source, settings), "reading")
        _echo_refused(history.read(records, on))
        planned = planning.plan_of(
            tx, wanted, history, source, settings.activity_topic, settings.notes_key
        )
    if planned.read is not None:
        _echo_conflicts(planned.read)
    return planned


def _echo_refused(refused: Iterable[RefusedReading]) -> None:
    count = 0
    for count, (where, refusal) in enumerate(refused, start=1):
        if count <= _REFUSED_SHOWN:
            typer.echo(f"{where}: {refusal.reason}: {refusal.detail}", err=True)
    if count > _REFUSED_SHOWN:
        typer.echo(f"and {count - _REFUSED_SHOWN:,} more that are refused", err=True)


def _echo_conflicts(read: SourceRead) -> None:
    for fact, refusal in read.conflicts:
        where = f"loop {fact.place.loop}" if fact.place.loop else fact.place.participant
        typer.echo(
            f"{fact.type} {fact.id} of {where} in {fact.place.program}: {refusal.reason} with the "
            f"ledger, left out: {refusal.detail}",
            err=True,
        )
    if read.unnamed:
        typer.echo(f"and {read.unnamed:,} more that contradict the ledger, left out", err=True)


def _print(planned: Plan) -> None:
    catalog, replay = planned.catalog, planned.replay
    of = "all programs" if replay.programs is None else f"program {', '.join(replay.programs)}"
    typer.echo(f"generation {replay.id}: {of} ({planned.programs}) under catalog {catalog.name}")
    typer.echo(f"version {catalog.version} ({catalog.digest[:12]}); {planned.rows:,} rows to read")
    if planned.read is not None:
        report = planned.read.report
        typer.echo(
            f"from {replay.details['source']}: {report.records:,} records, {report.applied:,} "
            f"facts, {report.retractions:,} retractions, {report.duplicates:,} duplicates, "
            f"{sum(report.dead_letters.values()):,} refused, {planned.read.elsewhere:,} of other "
            "programs"
        )
    for name, changes in planned.changes:
        typer.echo(f"compared with {name}:" if changes else f"decides as {name} does")
        for line in changes:
            typer.echo(f"  {line}")


def _as_json(planned: Plan) -> dict[str, object]:
    return {
        "generation": planned.replay.id,
        "catalog": planned.catalog.digest,
        "programs": planned.programs,
        "source": planned.replay.details["source"],
        "rows": planned.rows,
        **({} if planned.read is None else {"report": planned.read.report.as_json()}),
        "changes": {name: list(changes) for name, changes in planned.changes},
    }


def _build(
    engine: Engine, settings: Settings, number: int, max_rate: float | None, as_json: bool
) -> None:
    last = shown(building.build(engine, settings.database, number, max_rate=max_rate))
    verified = verify.verify(engine, number)
    if as_json:
        facts, seconds = (last.facts, last.seconds) if last is not None else (0, 0.0)
        result = {"generation": number, "facts": facts, "seconds": round(seconds, 3)}
        typer.echo(json.dumps({**result, "digest": verified.digest, "whole": verified.whole}))
        return
    part = "all" if verified.whole else "a sample"
    typer.echo(
        f"generation {number} is built and verified ({part}: {verified.places:,} places, "
        f"{verified.awards:,} awards folded a second way)"
    )
    typer.echo(f"digest {verified.digest}")
