"""`--topic` of commands that name a partition: partitions of two topics have the same numbers."""

from typing import Annotated

import typer

from engine.cli.console.exit_codes import Unusable
from engine.settings import Settings

InTopic = Annotated[
    str | None,
    typer.Option(
        "--topic", metavar="TOPIC", help="Whose partitions; by default the activity topic."
    ),
]


def checked(topic: str | None, loaded: Settings) -> str:
    """The topic whose partitions are meant.

    Raises:
        Unusable: the engine does not read it.
    """
    if topic is not None and topic != loaded.activity_topic:
        raise Unusable(f"--topic {topic}: the engine reads {loaded.activity_topic} only")
    return loaded.activity_topic
