"""`badge-engine publish FILE`: a history file onto the activity topic, each line as it stands."""

from pathlib import Path
from typing import Annotated

import typer
from kafka.errors import KafkaError

from engine import settings
from engine.cli.console.exit_codes import Failed
from engine.cli.console.files import HistoryFile, lines
from engine.cli.console.progress import progress
from engine.intake.parse import parse_record
from engine.intake.partition_key import partition_key
from engine.intake.refusal import Refusal
from engine.settings import Settings
from engine.stream.offsets.topics import BrokerUnreachable
from events.publisher import DeliveryError, Publisher

LARGEST_LINE = 1_000_000  # bytes; what a broker takes by default, less the envelope of a batch


def publish(
    file: HistoryFile,
    check: Annotated[
        bool, typer.Option("--check", help="Send nothing if a line would be refused.")
    ] = False,
) -> None:
    """Send every non-blank line of FILE, keyed by loop or participant where that can be read."""
    if check:
        _refuse_bad(file)
    sent, oversize = send(settings.load(), file)
    typer.echo(f"published {sent} records")
    if oversize:
        raise Failed(_too_long(file, oversize))


def send(loaded: Settings, file: Path) -> tuple[int, list[int]]:
    """Publish a file; gives how many records were sent, and the lines too long to send.

    Raises:
        BrokerUnreachable: no answer, or a record was not acknowledged.
    """
    sent, oversize = 0, []
    try:
        with Publisher(
            loaded.bootstrap,
            source="/badge-engine/publish",
            topic=loaded.activity_topic,
            security=loaded.security,
        ) as publisher:
            for number, value in progress(lines(file), "publishing"):
                if len(value) > LARGEST_LINE:
                    oversize.append(number)
                else:
                    publisher.send_raw(value, partition_key(value))
                    sent += 1
    except (KafkaError, DeliveryError) as error:
        text = str(error).splitlines()[0] if str(error) else ""
        notes = getattr(error, "__notes__", [])
        reason = "; ".join(notes) or f"{type(error).__name__} {text}".rstrip()
        raise BrokerUnreachable(f"Kafka at {loaded.bootstrap}: {reason}") from None
    return sent, oversize


def _too_long(file: Path, oversize: list[int]) -> str:
    named = ", ".join(map(str, oversize))
    return f"{file}: not sent, over {LARGEST_LINE} bytes: line {named}"


def _refuse_bad(file: Path) -> None:
    faults: list[str] = []
    for number, value in lines(file):
        reading = parse_record(value)
        if isinstance(reading, Refusal):
            faults.append(f"{file}:{number}: {reading.reason}: {reading.detail}")
    if faults:
        raise Failed("\n".join([*faults, "nothing was sent"]))
