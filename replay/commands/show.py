"""`badge-replay diff` and `list`: nothing is changed."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from engine.cli.console import tables
from engine.cli.console.exit_codes import Failed
from engine.projections.award import Kind
from engine.queries.diff_lines import KINDS, Line, lines
from engine.queries.snapshot import snapshot
from engine.store.generations import labels, replays
from engine.store.generations.replays import Replay
from engine.store.postgres.connection import transaction
from replay.build import catch_up
from replay.commands.session import GenerationId, database
from replay.diff import files, summary
from replay.diff.summary import Summary
from replay.switch import approve

_SHOWN = 20


def diff(
    generation: GenerationId,
    output: Annotated[
        Path | None, typer.Option(metavar="DIFF.json|.csv|.html", help="All of it, in a file.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Show so many awards.")] = _SHOWN,
) -> None:
    """Show who would gain, lose, or have another date, and why. Nothing is published."""
    with database() as (_, engine):
        show(engine, generation, limit, output)


def show(engine: Engine, number: int, limit: int = _SHOWN, output: Path | None = None) -> None:
    """Show a diff, and write it."""
    with transaction(engine) as tx:
        approve.check_built(replays.get(tx, number))
    catch_up.in_rounds(engine, number)
    with catch_up.caught_up(engine, number) as tx:
        replay = replays.get(tx, number)
        counted = summary.summary(tx, replay)
        _totals(counted)
        first = list(islice(chain.from_iterable(lines(tx, replay, k) for k in KINDS), limit))
        _lines(first, sum(counted.total(kind) for kind in KINDS))
        if output is not None:
            try:
                files.write(output, tx, replay, counted)
            except OSError as error:
                raise Failed(f"{output}: cannot be written: {error.strerror}") from None
            typer.echo(f"written to {output}")


def _totals(counted: Summary) -> None:
    kinds = KINDS if counted.total(Kind.RENAMED) else KINDS[:-1]
    headings = ("badge", "gained", "lost", "other date", "renamed")
    shown = tables.table(*headings[: len(kinds) + 1])
    for badge, of in counted.counts.items():
        if any(of[kind] for kind in kinds):
            shown.add_row(badge, *(f"{of[kind]:,}" for kind in kinds))
    if shown.row_count:
        tables.console().print(shown)
    typer.echo(
        f"{counted.total('added'):,} gained, {counted.total('lost'):,} lost, "
        f"{counted.total('moved'):,} with another date, "
        + (f"{counted.total('renamed'):,} renamed, " if counted.total("renamed") else "")
        + f"{counted.unchanged:,} unchanged"
    )


def _lines(first: list[Line], of: int) -> None:
    if not first:
        return
    shown = tables.table("change", "who", "where", "badge", "why")
    for line in first:
        award = line.award
        where = "/".join(filter(None, (award["program_id"], award["loop_id"])))
        badge = f"{award['badge']} {award['level'] or ''}".strip()
        shown.add_row(line.kind, award["recipient_id"], where, badge, line.why)
    tables.console().print(shown)
    if of > len(first):
        typer.echo(f"and {of - len(first):,} more: --output DIFF.html, .csv or .json has them all")


def list_(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """List generations: those that are live, that were, and that may be."""
    with database() as (_, engine), snapshot(engine) as tx:
        generations = replays.every(tx)
        names = labels.labels(tx, (replay.catalog for replay in generations))
    if as_json:
        for replay in generations:
            typer.echo(json.dumps({**_as_json(replay), "catalog": names[replay.catalog].digest}))
        return
    shown = tables.table("generation", "status", "programs", "catalog", "planned")
    for replay in generations:
        of = "all" if replay.programs is None else ", ".join(_few(sorted(replay.programs)))
        label = str(names[replay.catalog])
        shown.add_row(str(replay.id), replay.status, of, label, replay.created_at)
    tables.console().print(shown)


def _few(names: list[str]) -> Iterator[str]:
    yield from names[:3]
    if len(names) > 3:
        yield f"and {len(names) - 3:,} more"


def _as_json(replay: Replay) -> dict[str, object]:
    return {
        "generation": replay.id,
        "status": replay.status,
        "programs": None if replay.programs is None else sorted(replay.programs),
        "source": replay.details.get("source", "ledger"),
        "planned": replay.created_at,
    }
