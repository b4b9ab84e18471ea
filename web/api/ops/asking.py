"""What addresses of operators ask of a request: who, and in which words.

In this order: 401 without a principal, 429, 404 without the role or for an id that none can be, 422
for a bad parameter.
"""

import re
from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from web.identity.authenticate import identify
from web.identity.principal import Principal
from web.ops.console import Console
from web.policy import access
from web.problems import Fault, Problem

MOST_OF_A_REASON = 200
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_SMALL = re.compile(r"0|[1-9][0-9]{0,8}")


async def console(request: Request) -> Console:
    """What this process has."""
    there: Console = request.app.state.console
    return there


async def operator(principal: Annotated[Principal, Depends(identify)]) -> Principal:
    """The operator who asks."""
    if not access.as_operator(principal):
        raise Problem.not_found()
    return principal


async def before(
    after: Annotated[
        str | None, Query(max_length=512, description="The `next` of an answer")
    ] = None,
) -> int | None:
    """Before which number a page begins."""
    if after is None or after == "":
        return None
    if not _NUMBER.fullmatch(after):
        raise Problem.invalid(Fault("/query/after", "must be the `next` of an answer"))
    return int(after)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Problem.not_found()
    return int(text)


def _small(text: str) -> int:
    if not _SMALL.fullmatch(text):
        raise Problem.not_found()
    return int(text)


def topic_read(console: Console, topic: str | None) -> str:
    """The topic whose partition is meant: the activity topic if none is named. Raises Problem for
    one that workers do not read."""
    read = console.settings.engine.input_topics
    if topic is not None and topic not in read:
        raise Problem.not_found()
    return topic or read[0]


def readable_reason(text: str) -> str | None:
    """A reason as it is written down; None if there is nothing to read in it, or too much."""
    text = text.strip()
    return text if 1 <= len(text) <= MOST_OF_A_REASON and text.isprintable() else None


TopicName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,249}$")]
"""The name of a topic, as Kafka allows it."""
ThisConsole = Annotated[Console, Depends(console)]
AsOperator = Annotated[Principal, Depends(operator)]
Before = Annotated[int | None, Depends(before)]
EntryId = Annotated[
    int, BeforeValidator(_number), WithJsonSchema({"type": "integer", "minimum": 1})
]
"""The number of a dead letter in a path; one that none can have is not found."""
SmallId = Annotated[int, BeforeValidator(_small), WithJsonSchema({"type": "integer", "minimum": 0})]
"""The number of a partition or a generation in a path."""
