"""Addresses of pages. Ids stand in paths percent-encoded, a slash too; one of only dots as %2E."""

from functools import lru_cache
from urllib.parse import quote, urlencode


@lru_cache(maxsize=4_096)
def segment(identifier: str) -> str:
    """An id as one segment of a path. A page has the same few some forty times."""
    if identifier.strip(".") == "":
        return "%2E" * len(identifier)
    return quote(identifier, safe="")


def in_program(program: str, *parts: str, **query: str | None) -> str:
    """A page of a program: in_program("p", "kudos", "trust", loop="a") is
    "/p/p/kudos/trust?loop=a". What is None is left out of the query."""
    path = "/p/" + "/".join(segment(part) for part in (program, *parts))
    asked = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(asked)}" if asked else path
