"""JSON bodies, read after it is known who asks: a stranger learns nothing of what they may hold.

The framework would read and parse a body before it looks at the token.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from web.problems import Problem

Body = TypeVar("Body", bound=BaseModel)


def json_body(model: type[Body]) -> Callable[[Request], Awaitable[Body]]:
    """A dependency that reads the body as a model.

    The last parameter of an endpoint but for headers. Raises Problem (unsupported-media-type,
    too-large) and RequestValidationError.
    """

    async def read(request: Request) -> Body:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise Problem("unsupported-media-type")
        raw = await request.body()
        try:
            return model.model_validate_json(raw)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False, include_input=False)
            raise RequestValidationError(
                [{**fault, "loc": ("body", *fault["loc"])} for fault in faults]
            ) from None

    return read
