"""Cases in lists: of their subject, and of a program for its coordinators and auditors."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from engine.queries import recognition
from engine.queries.recognition import RecognitionOfPerson, StageOfPerson
from events.instants import from_datetime
from governance.cases import reading
from governance.rules.states import (
    APPEALABLE,
    APPLICATIONS,
    KINDS,
    WITHDRAWABLE,
    CaseState,
)
from governance.store import cases
from governance.store.cases import Case
from web.policy.committee_access import CaseViewer
from web.views.committee.cases import (
    CaseLine,
    CasesInState,
    CasesOfPerson,
    DeadlinesShown,
    Deed,
    MatterOpen,
)
from web.views.committee.docket import Docket
from web.views.cursors import BadCursor
from web.views.people import Person

_POSITION = re.compile("[1-9][0-9]{0,8}")
IN_HAND: tuple[CaseState, ...] = (
    "applied", "acknowledged", "drawn", "reviewing", "closed", "hearing", "settling", "on_desk",
    "appealed", "decided",
)  # fmt: skip
"""States in which something of a case is due."""


def line(
    docket: Docket, case: Case, person: Person, viewer: CaseViewer, *, below: bool
) -> CaseLine:
    """A case in a list, about a person. `below`: too few members are free to decide it."""
    left = None if case.due_on is None else (case.due_on - docket.today).days
    return CaseLine(
        case_id=case.case_id,
        kind=case.kind,
        state=case.state,
        matter=docket.matter(case.about),
        person=person,
        opened_at=from_datetime(case.opened_at),
        state_since=from_datetime(case.state_since),
        due_on=None if case.due_on is None else case.due_on.isoformat(),
        days_left=left,
        overdue=left is not None and left < 0,
        outcome=case.outcome,
        below_quorum=below,
        may=[*deeds(docket, case, viewer)],
    )


def deeds(docket: Docket, case: Case, viewer: CaseViewer) -> Iterator[Deed]:
    """What somebody may do with a case now."""
    if viewer == "coordinator" and case.state == "applied":
        yield "acknowledge"
    if viewer != "subject":
        return
    if case.state == "acknowledged":
        yield "go_on"
    if case.state == "hearing":
        yield "answer"
    if case.state in WITHDRAWABLE and case.kind in APPLICATIONS:
        yield "withdraw"
    late = case.due_on is not None and docket.today > case.due_on
    if case.state == "decided" and case.outcome in APPEALABLE and not late:
        yield "appeal"


def of_person(docket: Docket, participant: str) -> CasesOfPerson:
    """Somebody's own cases, and what they may apply for."""
    listed = cases.of_subject(docket.sitting.tx, docket.program, participant)
    person, below = docket.known(participant).person(participant), below_quorum(docket, listed)
    return CasesOfPerson(
        items=[
            line(docket, case, person, "subject", below=case.case_id in below) for case in listed
        ],
        may_apply=[
            *_may_apply(
                docket,
                listed,
                lambda: recognition.read(
                    docket.sitting.engine, docket.program, participant, docket.as_of
                ),
            )
        ],
    )


def with_way(docket: Docket, person: Person, way: RecognitionOfPerson) -> CasesOfPerson:
    """The same of somebody whose progress was read already, in one statement. Whether there are
    enough members for a case stands on its own page."""
    listed = cases.of_subject(docket.sitting.tx, docket.program, person.participant_id)
    return CasesOfPerson(
        items=[line(docket, case, person, "subject", below=False) for case in listed],
        may_apply=[*_may_apply(docket, listed, lambda: way)],
    )


def in_states(
    docket: Docket, states: Collection[CaseState], after: str, limit: int
) -> CasesInState:
    """At most `limit` cases of a program in these states behind `after`. Raises BadCursor."""
    if after and not _POSITION.fullmatch(after):
        raise BadCursor
    begin = int(after or 0)
    listed = cases.page(docket.sitting.tx, docket.program, states, KINDS)
    here = listed[begin : begin + limit]
    end = begin + len(here)
    return CasesInState(items=_lines(docket, here), next=str(end) if end < len(listed) else None)


def deadlines(docket: Docket) -> DeadlinesShown:
    """All cases of a program of which something is due."""
    listed = cases.page(docket.sitting.tx, docket.program, IN_HAND, KINDS)
    return DeadlinesShown(today=docket.today.isoformat(), items=_lines(docket, listed))


def below_quorum(docket: Docket, listed: Sequence[Case]) -> frozenset[str]:
    """Of these cases those on the desk for which there are too few members."""
    on_desk = [case for case in listed if case.state == "on_desk"]
    if not on_desk:
        return frozenset()
    entries = reading.entries(docket.sitting, docket.rules, on_desk)
    return frozenset(entry.case.case_id for entry in entries if entry.below_quorum)


def _lines(docket: Docket, listed: Sequence[Case]) -> list[CaseLine]:
    viewer: CaseViewer = "coordinator" if docket.standing.coordinates else "auditor"
    known = docket.known(*(case.subject for case in listed))
    below = below_quorum(docket, listed)
    return [
        line(docket, case, known.person(case.subject), viewer, below=case.case_id in below)
        for case in listed
    ]


def _may_apply(
    docket: Docket, listed: Sequence[Case], read_way: Callable[[], RecognitionOfPerson]
) -> Iterator[MatterOpen]:
    open_ones = {
        case.about for case in listed if case.kind in APPLICATIONS and case.state in WITHDRAWABLE
    }
    wanted = {name: each for name, each in docket.rules.matters().items() if name not in open_ones}
    if not wanted:
        return
    way = read_way()
    by_badge = {each.stage.badge: each for each in way.stages}
    for name, matter in wanted.items():
        if matter.stage is None:
            yield MatterOpen(matter=docket.matter(name), kind="waiver", open=0)
            continue
        renewal = _is_renewal(docket, way, by_badge[name])
        if renewal is None:
            continue
        asked = way.checklist(matter.stage.name, renewal=renewal)
        yield MatterOpen(
            matter=docket.matter(name),
            kind="renewal" if renewal else "first",
            open=sum(not each.met for each in asked),
        )


def _is_renewal(docket: Docket, way: RecognitionOfPerson, of: StageOfPerson) -> bool | None:
    """Whether a stage would be renewed; None: it cannot be asked for now."""
    if of.terms:
        opens = way.renewal_opens(of)
        return True if opens is not None and docket.today >= opens else None
    return None if of.in_standing else False
