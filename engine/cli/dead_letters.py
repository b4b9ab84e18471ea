"""`badge-engine dead-letters`: look at refused records, give them in again, or close them."""

import json
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from engine import bootstrap, settings
from engine.cli import dead_letter_text as text
from engine.cli.clock import Now, clock
from engine.cli.failing import Failed, Unusable
from engine.cli.reading import snapshot
from engine.handlers.redriving import redrive as redrive_all
from engine.intake.refusal import Reason
from engine.store import audit_log, cursors, dead_letters
from engine.store.database import transaction

app = typer.Typer(no_args_is_help=True, help="Records that were refused.")

OfReason = Annotated[Reason | None, typer.Option("--reason", help="Those of one reason.")]
Numbers = Annotated[list[int] | None, typer.Argument(metavar="ID", help="Entries by id.")]


@app.callback()
def _group() -> None:
    """Records that were refused."""


@app.command("list")
def list_(
    reason: OfReason = None,
    resolved: Annotated[bool, typer.Option("--all", help="The resolved ones too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """List open dead letters, in the order they came. Shows nothing of what they hold."""
    with bootstrap.database(settings.load()) as engine, snapshot(engine) as tx:
        entries = dead_letters.matching(tx, reason, open_only=not resolved)
        if as_json:
            found = [text.as_json(entry) for entry in entries]
            typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
            return
        count = 0
        for entry in entries:
            typer.echo("\n".join(text.in_list(entry)))
            count += 1
    typer.echo(f"{count} {'dead letters' if resolved else 'open dead letters'}")


@app.command()
def show(
    number: Annotated[int, typer.Argument(metavar="ID")],
    reveal: Annotated[
        bool,
        typer.Option(
            "--reveal", help="Also key, headers and value, which may be private. Audited."
        ),
    ] = False,
    by: Annotated[str | None, typer.Option(help="Who looks (with --reveal).")] = None,
    reason: Annotated[str | None, typer.Option(help="Why (with --reveal).")] = None,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The value's exact bytes (with --reveal).")
    ] = None,
) -> None:
    """Show one dead letter: why it was refused, and of what it holds only the sizes."""
    if reveal and not (by and by.strip() and reason and reason.strip()):
        raise Unusable("--reveal is audited: say --by NAME and --reason TEXT")
    if not reveal and (by or reason or output):
        raise Unusable("--by, --reason and --output go with --reveal")
    with bootstrap.database(settings.load()) as engine:
        with transaction(engine) as tx:
            entry = dead_letters.get(tx, number)
            if entry is None:
                raise Failed(f"there is no dead letter {number}")
            if reveal:
                audit_log.note(tx, "reveal", str(by), str(reason), {"dead_letter": number})
        # Only now, with the audit committed.
        lines = [*text.as_lines(entry), *(["", *text.revealed(entry)] if reveal else [])]
        typer.echo("\n".join(lines))
        if output is not None:
            _write(output, entry.refused.value or b"")


@app.command()
def redrive(
    numbers: Numbers = None,
    reason: OfReason = None,
    everything: Annotated[bool, typer.Option("--all", help="All that are open.")] = False,
    now: Now = None,
) -> None:
    """Give dead letters to the same rules again. Refused again, one stays open."""
    loaded = settings.load()
    if sum((bool(numbers), reason is not None, everything)) != 1:
        raise Unusable("say which: ID..., --reason REASON or --all")
    with bootstrap.database(loaded) as engine:
        chosen = numbers or _open(engine, reason)
        result = redrive_all(engine, dict.fromkeys(chosen), bootstrap.terms(loaded, clock(now)))
    for number, refusal in result.refused.items():
        typer.echo(f"{number}: refused again: {refusal.reason}: {refusal.detail}")
    typer.echo(
        f"{len(result.accepted)} accepted, {len(result.refused)} refused again"
        + (f", {len(result.closed)} already resolved" if result.closed else "")
    )
    _complain(result.unknown)


@app.command()
def discard(
    because: Annotated[str, typer.Option(help="Why; kept with the entry.")],
    numbers: Numbers = None,
    reason: OfReason = None,
) -> None:
    """Close open dead letters without taking them in. Their bytes are kept."""
    if bool(numbers) == (reason is not None):
        raise Unusable("say which: ID... or --reason REASON")
    if not because.strip():
        raise Unusable("--because must say something")
    unknown: list[int] = []
    done = 0
    with bootstrap.database(settings.load()) as engine:
        chosen = numbers or _open(engine, reason)
        with transaction(engine) as tx:
            for number in sorted(set(chosen)):
                entry = dead_letters.get(tx, number, lock=True)
                if entry is None:
                    unknown.append(number)
                elif entry.resolution is None:
                    dead_letters.resolve(tx, number, "discarded", because)
                    done += 1
    already = len(set(chosen)) - done - len(unknown)
    typer.echo(f"{done} discarded" + (f", {already} already resolved" if already else ""))
    _complain(unknown)


@app.command()
def resume(partition: Annotated[int, typer.Argument(metavar="PARTITION")]) -> None:
    """Let a partition that a flood of refusals stopped go on; running workers notice."""
    loaded = settings.load()
    with bootstrap.database(loaded) as engine, transaction(engine) as tx:
        done = cursors.resume(tx, loaded.activity_topic, partition)
    if not done:
        raise Failed(f"partition {partition} of {loaded.activity_topic} is not stopped")
    typer.echo(f"partition {partition} of {loaded.activity_topic} goes on")


def _open(engine: Engine, reason: str | None) -> list[int]:
    with snapshot(engine) as tx:
        return [entry.id for entry in dead_letters.matching(tx, reason)]


def _complain(unknown: list[int]) -> None:
    if unknown:
        raise Failed(f"there is no dead letter {', '.join(map(str, unknown))}")


def _write(file: Path, value: bytes) -> None:
    try:
        file.write_bytes(value)
    except OSError as error:
        raise Failed(f"{file}: cannot be written: {error.strerror}") from None
