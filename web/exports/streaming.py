"""An export as JSON, written as it is read: memory stays bounded, however much there is."""

import json
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from events.instants import from_datetime
from governance.committee import Committee
from web.exports import of_committee, sections
from web.exports.document import PersonExported
from web.notes.desk import NotesDesk
from web.views.moment import Readings

_LISTS = {
    "awards", "facts", "kudos_received", "kudos_given", "testimonials", "notifications",
    "invitations", "shares", "audit",
}  # fmt: skip


def stream(
    desk: NotesDesk, readings: Readings, committee: Committee | None, program: str, person: str
) -> Iterator[str]:
    """The document of somebody, in parts. The first part is there once all can be reached.

    Raises:
        DatabaseUnreachable, CatalogAltered
    """
    with readings.moment() as moment:
        profile = sections.who(moment.directory, program, person)
        described = list(sections.loops(moment.directory, program, person))
        head = PersonExported(
            program_id=program,
            participant_id=person,
            exported_at=from_datetime(desk.now()),
            profile=profile,
            preferences=sections.chosen(moment.directory, program, person),
            loops=described,
            awards=[],
            facts=[],
            kudos_received=[],
            kudos_given=[],
            testimonials=[],
            notifications=[],
            invitations=[],
            shares=[],
            committee=of_committee.read(committee, program, person),
            audit=[],
        )
        yield head.model_dump_json(exclude=_LISTS, by_alias=True).removesuffix("}")
        engine = moment.engine
        names = [loop.loop_id for loop in described]
        yield from _listed("awards", sections.awards(engine, program, person))
        yield from _listed("facts", sections.facts(engine, program, person, names))
        received = sections.kudos_received(desk, engine, program, person)
        yield from _listed("kudos_received", received)
        yield from _listed("kudos_given", sections.kudos_given(engine, program, person))
        testimonials = sections.testimonials(desk, engine, program, person)
        yield from _listed("testimonials", testimonials)
        tx = moment.directory
        yield from _listed("notifications", sections.notified(tx, program, person))
        yield from _listed("invitations", sections.invited(tx, program, person))
        yield from _listed("shares", sections.shared(tx, program, person))
        yield from _listed("audit", sections.audit(desk, engine, program, person))
        yield "}\n"


def _listed(name: str, items: Iterable[BaseModel]) -> Iterator[str]:
    yield f",{json.dumps(name)}:["
    for number, item in enumerate(items):
        yield ("," if number else "") + item.model_dump_json()
    yield "]"
