"""Which of a program's people a list shows, and in which order. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, get_args

from engine.queries.program_people import NearStep
from web.reports.program_reports import CountedPerson

PeopleFilter = Literal["all", "no_kudos", "gave_none", "no_badges", "near"]
PeopleOrder = Literal[
    "name", "-name", "loops", "-loops", "received", "-received", "given", "-given",
    "badges", "-badges", "last", "-last",
]  # fmt: skip
"""By what; with "-" from the end."""

FILTERS: tuple[PeopleFilter, ...] = get_args(PeopleFilter)

_KEYS: Mapping[str, Callable[[CountedPerson], int | str]] = {
    "loops": lambda person: person.loops,
    "received": lambda person: person.received,
    "given": lambda person: person.given,
    "badges": lambda person: person.badges,
    "last": lambda person: person.last_at or "",
}


class UnknownPosition(ValueError):
    """A list has nobody whom a page could begin behind."""


def chosen(
    people: Sequence[CountedPerson],
    which: PeopleFilter,
    steps: Mapping[str, NearStep],
    order: PeopleOrder = "name",
    only: Collection[str] | None = None,
) -> list[CountedPerson]:
    """Of people in the order of their names those that are wanted, in an order; who are equal in it
    by name. `steps`: of who is one step away from a level. `only`: of nobody else."""
    wanted = [person for person in people if _is(person, which, steps)]
    if only is not None:
        wanted = [person for person in wanted if person.participant_id in only]
    by, backwards = order.removeprefix("-"), order.startswith("-")
    if by == "name":
        return wanted[::-1] if backwards else wanted
    key = _KEYS[by]
    return sorted(wanted, key=key, reverse=backwards)  # keeps those that are equal by name


def page(
    people: Sequence[CountedPerson], after: str, limit: int
) -> tuple[Sequence[CountedPerson], str | None]:
    """The first `limit` people behind one of them, and behind whom the next page begins. Raises
    UnknownPosition."""
    begin = 0
    if after:
        ids = [person.participant_id for person in people]
        if after not in ids:
            raise UnknownPosition
        begin = ids.index(after) + 1
    shown = people[begin : begin + limit]
    more = begin + limit < len(people)
    return shown, shown[-1].participant_id if shown and more else None


def _is(person: CountedPerson, which: PeopleFilter, steps: Mapping[str, NearStep]) -> bool:
    match which:
        case "all":
            return True
        case "no_kudos":
            return not person.received
        case "gave_none":
            return not person.given
        case "no_badges":
            return not person.badges
        case "near":
            return person.participant_id in steps
