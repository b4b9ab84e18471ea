"""Reads a case with its pack, as a member with a seat or an auditor has it before them.

Names are out of it, of the texts too, until the name was asked for with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.queries import recognition
from engine.queries.recognition import last_day
from events.instants import from_datetime, parse_instant
from governance.cases import deciding, texts
from governance.cases.desk import OpenedPack
from governance.cases.reading import DeskEntry
from governance.packs.ground import Ground, GroundDecision
from governance.rules import signing, states
from governance.rules.names_out import NamesOut
from governance.rules.states import NEEDS_STATEMENT
from governance.store import log
from governance.store.cases import Case
from governance.store.log import LogEntry
from governance.store.packs import Pack
from web.views.committee import case_reading, decided_cases, desk_reading, frozen_lines
from web.views.committee.cases import DecisionShown
from web.views.committee.desk import (
    DeskCase,
    EarlierDecision,
    PackShown,
    ReviewOffered,
    RubricDoubted,
    SignatureShown,
    TestimonialRead,
)
from web.views.committee.docket import Docket, NamedPeople
from web.views.panels import result_reading


@dataclass(frozen=True, slots=True)
class BeforeMember:
    """What a member has before them. `opened`: the pack, None before they open it; `narratives`: of
    its testimonials, in their order; `authenticated_at`: when they proved who they are."""

    opened: OpenedPack | None
    narratives: Sequence[TestimonialRead]
    authenticated_at: datetime | None


def read(docket: Docket, entry: DeskEntry, before: BeforeMember) -> DeskCase:
    """A case at the desk."""
    case = entry.case
    entries = log.of_case(docket.sitting.tx, case.case_id)
    about = case_reading.decision_about(docket, case)
    voters = [each.by for each in entries if _counts(each, entry)]
    opened = before.opened
    known = docket.known(case.subject, *voters, *entry.recused, *(about.signers if about else ()))
    out = NamesOut([]) if opened and opened.subject else names_of(known, case.subject)
    ground = opened.document.ground if opened else None
    line = desk_reading.line(docket, entry)
    offered = () if ground is None else states.offered(case.kind, all_met=ground.all_met)
    return DeskCase(
        **dict(line),
        pack=_pack(docket, opened, before.narratives, known, entry) if opened else None,
        subject=known.person(opened.subject) if opened and opened.subject else None,
        blind=opened is None or opened.subject is None,
        unblinded_because=_because(docket, case, entries),
        reason=_text(docket, case, entries, "case.opened", out),
        answer=_text(docket, case, entries, "hearing.answered", out),
        offered=[*offered],
        statement_for=[outcome for outcome in offered if outcome in NEEDS_STATEMENT],
        signatures=_signatures(docket, entry, entries, known),
        mine=entry.votes.get(docket.standing.participant or ""),
        fresh_until=_fresh_until(docket, before.authenticated_at),
        also=_also(docket, case, opened.pack, ground) if opened and ground else [],
        reviews=_reviews(ground) if ground and case.kind == "appeal" else [],
        about_decision=_about(docket, about, known, out),
        panels=result_reading.of_case(docket, case, None) if opened else [],
        gives_up=_gives_up(docket, case) if opened and case.kind == "renewal" else None,
        new_last_day=_new_last_day(docket, case),
    )


def names_of(known: NamedPeople, subject: str) -> NamesOut:
    """What leaves out the names of somebody."""
    person = known.by_id[subject]
    return NamesOut((person.display_name, person.given_name, subject))


def _pack(
    docket: Docket,
    opened: OpenedPack,
    narratives: Sequence[TestimonialRead],
    known: NamedPeople,
    entry: DeskEntry,
) -> PackShown:
    pack, document, case = opened.pack, opened.document, opened.case
    ground = document.ground
    return PackShown(
        number=pack.number,
        digest=pack.digest,
        as_of=pack.as_of,
        frozen_at=from_datetime(pack.frozen_at),
        catalog=pack.catalog,
        policy=pack.policy,
        checklist=frozen_lines.checklist(
            docket.rules.calendar, ground, docket.stage(case.about), renewal=case.kind == "renewal"
        ),
        evidence=frozen_lines.evidence(ground),
        panels=frozen_lines.panels(ground),
        unreliable=[_doubted(rubric, rows) for rubric, rows in document.unreliable],
        testimonials=[*narratives],
        earlier=[_earlier(docket, each) for each in reversed(ground.decisions)],
        recused=[known.person(member) for member in sorted(entry.recused)],
    )


def _doubted(rubric: str, rows: Sequence[str]) -> RubricDoubted:
    name, _, version = rubric.partition("/")
    return RubricDoubted(rubric=name, version=int(version), rows=[*rows])


def _earlier(docket: Docket, decision: GroundDecision) -> EarlierDecision:
    return EarlierDecision(
        decision_id=decision.decision_id,
        matter=docket.matter(decision.case),
        outcome=decision.outcome,
        at=decision.at,
    )


def _counts(each: LogEntry, entry: DeskEntry) -> bool:
    """Whether an entry is a signature of the present pack that counts."""
    return (
        each.kind == "vote.signed"
        and each.details["number"] == entry.case.pack
        and each.by in entry.votes
    )


def _signatures(
    docket: Docket, entry: DeskEntry, entries: Sequence[LogEntry], known: NamedPeople
) -> list[SignatureShown]:
    sees = docket.standing.audits or docket.standing.participant in entry.votes
    return [
        SignatureShown(
            member=known.person(each.by),
            at=parse_instant(each.at),
            outcome=each.details["outcome"] if sees else None,
        )
        for each in entries
        if _counts(each, entry)
    ]


def _because(docket: Docket, case: Case, entries: Sequence[LogEntry]) -> str | None:
    """Why who asks has asked for the name."""
    for each in entries:
        mine = each.kind == "pack.opened" and each.by == docket.standing.participant
        if mine and not each.details["blind"] and each.details["number"] == case.pack:
            return texts.read(docket.sitting, case, each)
    return None


def _text(
    docket: Docket, case: Case, entries: Sequence[LogEntry], kind: str, out: NamesOut
) -> str | None:
    text = case_reading.text_of(docket, case, entries, kind)
    return None if text is None else out.of(text)


def _about(
    docket: Docket, about: decided_cases.DecidedCase | None, known: NamedPeople, out: NamesOut
) -> DecisionShown | None:
    if about is None:
        return None
    shown = decided_cases.shown(docket, about, known)
    return shown.model_copy(update={"statements": [out.of(text) for text in shown.statements]})


def _also(docket: Docket, case: Case, pack: Pack, ground: Ground) -> list[EarlierDecision]:
    above = deciding.above(docket.sitting, docket.rules, case, pack, ground)
    return [_earlier(docket, each) for each in above.values()]


def _reviews(ground: Ground) -> list[ReviewOffered]:
    return [
        ReviewOffered(review_id=review, panel=frozen_lines.panel(panel))
        for panel in ground.panels
        for review in panel.reviews
    ]


def _fresh_until(docket: Docket, authenticated_at: datetime | None) -> str | None:
    now = docket.sitting.now
    if authenticated_at is None or not signing.is_fresh(authenticated_at, now):
        return None
    return from_datetime(authenticated_at + signing.FRESH)


def _gives_up(docket: Docket, case: Case) -> int | None:
    """How many days of the term that runs a renewal of today gives up."""
    way = recognition.read(docket.sitting.engine, docket.program, case.subject, docket.as_of)
    terms = next((each.terms for each in way.stages if each.stage.badge == case.about), ())
    ends = terms[-1].ends if terms else None
    if ends is None or ends <= docket.as_of:
        return None
    return (last_day(docket.rules.calendar, ends) - docket.today).days


def _new_last_day(docket: Docket, case: Case) -> str | None:
    badge = docket.rules.catalog.badge.get(case.about)
    asked = case.kind in ("first", "renewal")
    if not asked or badge is None or badge.valid_for is None:
        return None
    ends = docket.rules.calendar.valid_until(docket.as_of, badge.valid_for)
    return last_day(docket.rules.calendar, ends).isoformat()
