"""Packs as members and auditors have them before them: opened by a use case, which logs it, and
with what testimonials say."""

from dataclasses import replace

from governance.cases import desk, reading
from governance.cases.desk import OpenedPack
from governance.cases.reading import DeskEntry
from governance.rules.names_out import NamesOut
from governance.store import cases, samples
from web.identity.principal import Principal
from web.notes import narratives
from web.notes.desk import NotesDesk
from web.problems import Problem
from web.views.committee import pack_reading
from web.views.committee.desk import DeskCase, PackShown, TestimonialRead
from web.views.committee.docket import Docket
from web.views.committee.pack_reading import BeforeMember


def read(docket: Docket, notes: NotesDesk, case_id: str, principal: Principal) -> DeskCase:
    """A case on which who asks has a seat, or that they audit or judge again; with its pack if they
    have opened the present one. Raises Problem (not-found), CaseRefused."""
    entry = _entry(docket, case_id)
    me = _me(docket)
    opened = None
    if me in entry.opened:
        opened = desk.open_pack(docket.sitting, docket.program, case_id, me)
        if not entry.opened[me]:
            opened = replace(opened, subject=entry.case.subject)
    spoken = _spoken(docket, notes, opened, principal) if opened else []
    before = BeforeMember(opened, spoken, principal.authenticated_at)
    return pack_reading.read(docket, entry, before)


def open_blind(docket: Docket, case_id: str) -> None:
    """Open the present pack of a case, without names. Raises Problem (not-found), CaseRefused."""
    _entry(docket, case_id)
    desk.open_pack(docket.sitting, docket.program, case_id, _me(docket))


def open_with_name(docket: Docket, case_id: str, reason: str) -> None:
    """Open it with the name. Raises Problem (not-found), CaseRefused."""
    _entry(docket, case_id)
    desk.open_pack(docket.sitting, docket.program, case_id, _me(docket), blind=False, reason=reason)


def pack(docket: Docket, notes: NotesDesk, case_id: str, principal: Principal) -> PackShown:
    """Open the present pack of a case, without names unless they were asked for before; gives the
    pack alone. Raises Problem (not-found), CaseRefused."""
    open_blind(docket, case_id)
    shown = read(docket, notes, case_id, principal).pack
    assert shown is not None, "it has just been opened"
    return shown


def is_sample(docket: Docket, case_id: str) -> bool:
    """Whether who asks is to judge a decided case once more."""
    return samples.is_asked(docket.sitting.tx, case_id, docket.standing.participant or "")


def _entry(docket: Docket, case_id: str) -> DeskEntry:
    case = cases.of(docket.sitting.tx, docket.program, case_id)
    if case is None:
        raise Problem.not_found()
    entry = reading.entry(docket.sitting, case)
    me = docket.standing.participant
    seated = any(seat.member == me and seat.left_at is None for seat in entry.seats)
    may = seated or docket.standing.audits or is_sample(docket, case_id)
    if case.subject == me or not may:
        raise Problem.not_found()
    return entry


def _me(docket: Docket) -> str:
    me = docket.standing.participant
    assert me is not None, "of the committee, or an auditor"
    return me


def _spoken(
    docket: Docket, notes: NotesDesk, opened: OpenedPack, principal: Principal
) -> list[TestimonialRead]:
    subject = opened.case.subject
    named = opened.subject is not None
    out = NamesOut([]) if named else pack_reading.names_of(docket.known(subject), subject)
    return narratives.of_pack(notes, docket.sitting.engine, opened, principal.subject, out)
