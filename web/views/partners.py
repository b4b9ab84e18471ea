"""Whom somebody can give kudos to, and for what."""

from collections.abc import Mapping

from directory import lookup, membership
from directory.membership import DescribedLoop
from directory.names import DirectoryPerson
from engine.queries import person
from engine.queries.person import LoopOfPerson
from events.schemas.kudos_given import KudosGiven
from web.views import people
from web.views.model import View
from web.views.moment import Moment
from web.views.people import Person


class PartnersOfLoop(View):
    """A loop with the others in it who are active. `kind`: one_to_one or group; `state`: open or
    closed."""

    loop_id: str
    name: str | None
    kind: str
    state: str
    people: list[Person]


class KudosKind(View):
    """A badge that people give each other."""

    badge: str
    name: str
    description: str


class Partners(View):
    """Somebody's loops, and the kinds of kudos of the program."""

    loops: list[PartnersOfLoop]
    kinds: list[KudosKind]
    next: str | None


def read(
    moment: Moment, program: str, participant: str, *, after: str = "", limit: int = person.PAGE
) -> Partners:
    """At most `limit` loops behind `after`, with who else is there.

    Raises:
        CatalogAltered
    """
    mine = membership.loops_of(moment.directory, program, participant, after, limit + 1)
    described = {loop.loop_id: loop for loop in mine}
    answer = person.read(moment.engine, program, participant, after, limit, [*described])
    others = [item for item in answer.loops if item.loop_id not in described]
    known, left = (
        lookup.of(
            moment.directory,
            program,
            {name for item in others for name in item.participants},
            [item.loop_id for item in others],
        )
        if others
        else ({}, {})
    )
    catalog = moment.engine.generation_for(program).catalog
    loops = [
        _described(described[item.loop_id], participant)
        if item.loop_id in described
        else _counted(item, participant, known)
        for item in answer.loops
        if item.loop_id not in left
    ]
    return Partners(
        loops=loops,
        kinds=[
            KudosKind(badge=badge.name, name=badge.title, description=badge.description)
            for badge in map(catalog.repeatable.__getitem__, catalog.kinds(KudosGiven.TYPE))
        ],
        next=answer.next,
    )


def _described(loop: DescribedLoop, participant: str) -> PartnersOfLoop:
    members = {member.participant_id: member.person for member in loop.members}
    return PartnersOfLoop(
        loop_id=loop.loop_id,
        name=loop.name,
        kind=loop.kind,
        state=loop.state,
        people=_active_others(members, participant),
    )


def _counted(
    loop: LoopOfPerson, participant: str, known: Mapping[str, DirectoryPerson]
) -> PartnersOfLoop:
    """A loop that nobody described."""
    return PartnersOfLoop(
        loop_id=loop.loop_id,
        name=None,
        kind="one_to_one" if len(loop.participants) == 2 else "group",
        state="open",
        people=_active_others({name: known[name] for name in loop.participants}, participant),
    )


def _active_others(there: Mapping[str, DirectoryPerson], participant: str) -> list[Person]:
    active = {name for name, person in there.items() if person.active and name != participant}
    return people.listed(there, active)
