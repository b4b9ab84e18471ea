"""The smallest catalog and history of a disagreement: what can be left out is left out."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Differs = Callable[[Json, list[bytes]], bool]


def smallest(written: Json, lines: list[bytes], differs: Differs) -> tuple[Json, list[bytes]]:
    """A catalog and a history that still differ, and no longer do with any one part left out.
    `differs` says no to a catalog with a fault."""
    before: object = None
    while before != (before := (copy.deepcopy(written), list(lines))):
        for size in (16, 4, 1):
            for start in range(len(lines), -1, -size):
                fewer = lines[:start] + lines[start + size :]
                if len(fewer) < len(lines) and differs(written, fewer):
                    lines = fewer
        while smaller := _smaller(written, lines, differs):
            written = smaller
    return written, lines


def _smaller(written: Json, lines: list[bytes], differs: Differs) -> Json | None:
    return next((less for less in _without_one(written) if differs(less, lines)), None)


def _without_one(part: Any) -> Iterator[Any]:
    """A catalog or a part of it, each time with one entry less somewhere within, or one criterion
    in place of a list of them."""
    if isinstance(part, dict):
        for name in reversed(list(part)):
            yield {other: body for other, body in part.items() if other != name}
            for less in _without_one(part[name]):
                yield {**part, name: less}
    elif isinstance(part, list):
        for number, entry in enumerate(part):
            yield part[:number] + part[number + 1 :]
            for less in _without_one(entry):
                yield [*part[:number], less, *part[number + 1 :]]
