"""Addresses of pages. Ids stand in them as segments of a path."""

from urllib.parse import urlencode

from events.path_segments import segment


def in_program(program: str, *parts: str, **query: str | None) -> str:
    """A page of a program: in_program("p", "kudos", "trust", loop="a") is
    "/p/p/kudos/trust?loop=a". What is None is left out of the query."""
    path = "/p/" + "/".join(segment(part) for part in (program, *parts))
    asked = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(asked)}" if asked else path
