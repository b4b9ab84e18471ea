"""The answer that is an export: a file, once an hour."""

from collections.abc import Iterator
from itertools import chain

from fastapi import Request
from starlette.responses import StreamingResponse

from web.exports.streaming import stream
from web.identity.limits import Window
from web.notes.desk import NotesDesk
from web.problems import Problem
from web.views.moment import Readings


def exported(
    request: Request, desk: NotesDesk, readings: Readings, asker: str, program: str, person: str
) -> StreamingResponse:
    """The export of somebody. `asker`: for whom it is counted. Raises Problem."""
    window: Window = request.app.state.exports
    wait = window.seconds_to_wait("\x1f".join((asker, program, person)))
    if wait:
        raise Problem.too_many(wait)
    parts = stream(desk, readings, request.app.state.committee, program, person)
    first = next(parts)  # what cannot be reached is a problem now, not half a file
    whole: Iterator[str] = chain([first], parts)
    return StreamingResponse(
        whole,
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="badges.json"'},
    )
