"""Paths as they were sent: an id in a path may hold any character, a percent-encoded slash too."""

import re
from typing import Annotated
from urllib.parse import unquote_to_bytes

from pydantic import BeforeValidator, WithJsonSchema
from starlette.types import ASGIApp, Receive, Scope, Send

from events.award_ids import is_award_id
from web.problems import Problem

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 255


class RawPaths:
    """Routes by the path before it is decoded; parameters of type PathId decode it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope.get("raw_path"):
            raw = scope["raw_path"].split(b"?", 1)[0]
            scope = {**scope, "path": raw.decode("latin-1")}
        await self._app(scope, receive, send)


def decoded(text: str) -> str:
    """An id in a path. One that no id can be is not found, as one that is not there."""
    try:
        name = unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        raise Problem.not_found() from None
    if not name or len(name) > _LONGEST or _CONTROL.search(name):
        raise Problem.not_found()
    return name


def _uuid(text: str) -> str:
    """An id that is a UUID, in lower case."""
    name = decoded(text).lower()
    if not is_award_id(name):
        raise Problem.not_found()
    return name


PathId = Annotated[
    str,
    BeforeValidator(decoded),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _LONGEST}),
]
"""An id of somebody or something in a path."""

AwardId = Annotated[
    str, BeforeValidator(_uuid), WithJsonSchema({"type": "string", "format": "uuid"})
]
"""The id of an award in a path."""

KudosId = AwardId
"""The id of kudos that were given here, in a path."""

InvitationId = AwardId
"""The id of an invitation to give kudos, in a path."""

JobId = AwardId
"""The id of a job of operators, in a path."""
