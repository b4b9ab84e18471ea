"""`badge-engine publish FILE`: a history file onto the topics, each line unchanged."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Annotated

import typer
from kafka.errors import KafkaError

from engine import bootstrap, settings
from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.cli.console.exit_codes import Failed, Unusable
from engine.cli.console.files import HistoryFile
from engine.cli.console.options import Now, clock
from engine.cli.console.progress import progress
from engine.intake.destination import destination
from engine.intake.file_check import FileCheck
from engine.settings import Settings
from engine.store.generations.live import Generations
from engine.store.postgres.connection import transaction
from engine.stream.offsets.topics import BrokerUnreachable
from events.history_file import LONGEST, lines
from events.publisher import DeliveryError, Publisher


def publish(
    file: HistoryFile,
    check: Annotated[
        bool, typer.Option("--check", help="Send nothing if a line would be refused.")
    ] = False,
    now: Now = None,
) -> None:
    """Send every non-blank line of FILE to the topic of its type, keyed by loop or participant
    where that can be read."""
    loaded = settings.load()
    if not check:
        sent, oversize = send(loaded, lines(file))
    else:
        # Once only, and not into memory: FILE may be a pipe, and of any size.
        with TemporaryFile() as checked:
            _check(loaded, file, checked, now)
            sent, oversize = send(loaded, _again(checked))
    typer.echo(f"published {sent} records")
    if oversize:
        named = ", ".join(map(str, oversize))
        raise Failed(f"{file}: not sent, over {LONGEST} bytes: line {named}")


def send(loaded: Settings, values: Iterable[tuple[int, bytes]]) -> tuple[int, list[int]]:
    """Publish lines (number, value); gives how many were sent, and the lines too long to send.

    Raises:
        BrokerUnreachable: no answer, or a record was not acknowledged.
    """
    sent, oversize = 0, []
    try:
        with Publisher(
            loaded.bootstrap,
            source="/badge-engine/publish",
            topic=loaded.activity_topic,
            governance_topic=loaded.governance_topic,
            security=loaded.security,
        ) as publisher:
            for number, value in progress(values, "publishing"):
                if len(value) > LONGEST:
                    oversize.append(number)
                else:
                    to = destination(value)
                    publisher.send_raw(value, to.key, to.on)
                    sent += 1
    except (KafkaError, DeliveryError) as error:
        text = str(error).splitlines()[0] if str(error) else ""
        notes = getattr(error, "__notes__", [])
        reason = "; ".join(notes) or f"{type(error).__name__} {text}".rstrip()
        raise BrokerUnreachable(f"Kafka at {loaded.bootstrap}: {reason}") from None
    return sent, oversize


def _check(loaded: Settings, file: Path, checked: IO[bytes], now: datetime | None) -> None:
    """Name every line that a worker would refuse, and copy the others.

    Raises:
        Unusable: there are such lines.
    """
    latest = bootstrap.terms(loaded, clock(now)).latest()
    checking = FileCheck(_catalogs(loaded), latest)
    refused = 0
    for number, value in progress(lines(file), "checking"):
        refusal = checking.refusal(number, value)
        if refusal is not None:
            refused += 1
            typer.echo(f"{file}:{number}: {refusal.reason}: {refusal.detail}", err=True)
        elif not refused:
            checked.write(value + b"\n")
    if refused:
        counted = "1 line" if refused == 1 else f"{refused} lines"
        raise Unusable(f"{counted} would be refused; nothing was sent")


def _catalogs(loaded: Settings) -> Callable[[str], Catalog]:
    """The catalog of a program: its live one where the database is known, else the default."""
    default = loader.find(loaded.catalog)
    if loaded.database_url is None:
        return lambda _program: default
    with bootstrap.database(loaded) as engine, transaction(engine) as tx:
        live = {name: generation.catalog for name, generation in Generations().live(tx).items()}
    return lambda program: live.get(program, default)


def _again(checked: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    checked.seek(0)
    return ((number, line.removesuffix(b"\n")) for number, line in enumerate(checked, start=1))
