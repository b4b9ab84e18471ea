"""What testimonials say, for the committee: with an opened pack alone, and never without a trace.

Each answer is one entry of the audit log, written before any narrative is opened.
"""

from engine.queries import eligibility, notes
from engine.queries.errors import UnknownProgram
from engine.queries.notes import NotedTestimonial, StoredNote
from engine.queries.snapshot import Snapshot
from engine.store import audit_log
from engine.store.postgres.connection import transaction
from events.schemas.testimonial_given import TestimonialGiven
from governance.cases.desk import OpenedPack
from governance.rules.names_out import NamesOut
from web.notes.desk import NotesDesk
from web.views.committee.desk import TestimonialRead

ACTION = "testimonials.read"
_WHY = "the committee opened a pack"


def of_pack(
    desk: NotesDesk, engine: Snapshot, opened: OpenedPack, by: str, out: NamesOut
) -> list[TestimonialRead]:
    """The testimonials of a pack, first to last, with what they say; one that was retracted since
    is left out. `by`: who reads, as the audit log names them; `out`: what leaves names out.

    Raises:
        DatabaseUnreachable, CatalogAltered
    """
    noted = _noted(engine, opened)
    if not noted:
        return []
    ids = [one.testimonial_id for one in noted]
    with transaction(desk.pool) as tx:
        stored = {one.testimonial_id: note for one, note in notes.narratives(tx, noted)}
        if stored:
            details = {
                "program": opened.case.program,
                "participant": opened.case.subject,
                "case": opened.case.case_id,
                "testimonial_ids": ids,
            }
            audit_log.note(tx, ACTION, by, _WHY, details)
    return [_read(desk, one, stored.get(one.testimonial_id), out) for one in noted]


def _noted(engine: Snapshot, opened: OpenedPack) -> list[NotedTestimonial]:
    case = opened.case
    frozen = {one.id for one in opened.document.ground.testimonials}
    try:
        facts = list(eligibility.facts_of(engine, case.program, case.subject)) if frozen else []
    except UnknownProgram:
        return []
    given = [
        NotedTestimonial.of(fact)
        for fact in sorted(facts, key=lambda fact: fact.order)
        if fact.type == TestimonialGiven.TYPE
    ]
    return [
        one for one in given if one.participant == case.subject and one.testimonial_id in frozen
    ]


def _read(
    desk: NotesDesk, one: NotedTestimonial, stored: StoredNote | None, out: NamesOut
) -> TestimonialRead:
    if stored is None:
        return TestimonialRead(
            testimonial_id=one.testimonial_id, source=one.source, narrative=None, state="none"
        )
    opened = desk.opener.open(one, stored, "committee")
    return TestimonialRead(
        testimonial_id=one.testimonial_id,
        source=one.source,
        narrative=None if opened.note is None else out.of(opened.note),
        state=opened.state,
    )
