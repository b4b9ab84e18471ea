"""`--topic` of commands that name a partition: partitions of two topics have the same numbers."""

from typing import Annotated

import typer

from engine.cli.console.exit_codes import Unusable
from engine.settings import Settings

InTopic = Annotated[
    str | None,
    typer.Option(
        "--topic",
        metavar="TOPIC",
        help="Whose partitions; by default the activity topic where a partition is named, else "
        "all topics that are read.",
    ),
]


def named(topic: str | None, loaded: Settings) -> str:
    """The topic whose partition is meant.

    Raises:
        Unusable: the engine does not read it.
    """
    return chosen(topic, loaded)[0]


def chosen(topic: str | None, loaded: Settings) -> tuple[str, ...]:
    """The topics that are meant where no partition is named; raises as `named` does."""
    read = loaded.input_topics
    if topic is not None and topic not in read:
        raise Unusable(f"--topic {topic}: the engine reads {' and '.join(read)} only")
    return read if topic is None else (topic,)
