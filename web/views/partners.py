"""Whom somebody can give kudos to, and for what."""

from directory import membership, names
from engine.queries import person
from web.views import badges, people
from web.views.model import View
from web.views.moment import Moment
from web.views.people import Person

_LOOPS = 100


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
    described = {
        loop.loop_id: loop
        for loop in membership.loops_of(moment.directory, program, participant, after, limit + 1)
    }
    answer = person.read(moment.engine, program, participant, after, limit, [*described])
    counted = {name for loop in answer.loops for name in loop.participants}
    known = names.people(moment.directory, program, counted)
    catalog = moment.engine.generation_for(program).catalog
    loops = []
    for item in answer.loops:
        loop = described.get(item.loop_id)
        if loop is None:
            others = badges.partners(participant, None, item.participants, known)
            kind = "one_to_one" if len(item.participants) == 2 else "group"
            loops.append(
                PartnersOfLoop(
                    loop_id=item.loop_id, name=None, kind=kind, state="open", people=others
                )
            )
            continue
        active = {
            member.participant_id: member.person
            for member in loop.members
            if member.person.active and member.participant_id != participant
        }
        loops.append(
            PartnersOfLoop(
                loop_id=loop.loop_id,
                name=loop.name,
                kind=loop.kind,
                state=loop.state,
                people=people.listed(active, active),
            )
        )
    return Partners(
        loops=loops,
        kinds=[
            KudosKind(badge=badge.name, name=badge.title, description=badge.description)
            for badge in catalog.repeatable.values()
        ],
        next=answer.next,
    )
