"""Once a quarter everything that was decided is checked: signatures, recusals, settling, deadlines,
appeals, panels, digests, publication, and the log itself. Each breach is named."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from engine.queries import arrivals
from engine.store import policies
from engine.store.generations import catalogs
from events.schemas.decision_recorded import DecisionRecorded
from governance.cases import rules_in_force
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.packs.sealed import document_of
from governance.rules import breaches, deadlines
from governance.rules.breaches import AuditedCase, Breach, PackOnRecord, Vote
from governance.rules.case_ref import case_ref
from governance.rules.quarters import Quarter
from governance.rules.states import APPLICATIONS, KINDS, STATES, UNENDED
from governance.store import cases, log, packs, seats, signatures
from governance.store.cases import Case
from governance.store.log import LogBroken, LogEntry
from governance.store.sealing import SealBroken

_REACHES_WITHIN = timedelta(days=1)
"""How long a decision may be on its way to the ledger."""


def audit(sitting: Sitting, program: str, quarter: Quarter) -> list[Breach]:
    """The breaches of a quarter's decisions, by case, and the cases that are overdue now.

    Raises:
        CatalogAltered, PolicyAltered
    """
    return [*_of_log(sitting), *_decided(sitting, program, quarter), *_overdue(sitting, program)]


def _of_log(sitting: Sitting) -> Iterator[Breach]:
    try:
        log.verify(sitting.tx)
    except LogBroken as broken:
        yield Breach("log", None, str(broken))


def _decided(sitting: Sitting, program: str, quarter: Quarter) -> Iterator[Breach]:
    rules = rules_in_force.in_force(sitting, program)
    for case in cases.page(sitting.tx, program, STATES, KINDS):
        if case.outcome is None or case.decided_at is None:
            continue
        if quarter.covers(deadlines.day_of(rules.calendar, case.decided_at)):
            yield from breaches.of_case(_on_record(sitting, rules, case, case.decided_at))


def _overdue(sitting: Sitting, program: str) -> Iterator[Breach]:
    rules = rules_in_force.in_force(sitting, program)
    for case in cases.page(sitting.tx, program, UNENDED, KINDS):
        if case.state != "decided" and rules.over(case, sitting.now):
            sentence = f"{case.state.replace('_', ' ')}, due on {case.due_on}"
            yield Breach("deadlines", case_ref(case.case_id), sentence)


def _on_record(
    sitting: Sitting, rules: CommitteeRules, case: Case, decided_at: datetime
) -> AuditedCase:
    entries = log.of_case(sitting.tx, case.case_id)
    pack = packs.of(sitting.tx, case.case_id, case.pack or 0)
    first = None if case.kind != "appeal" else case.of_case
    signed = signatures.of_case(sitting.tx, case.case_id)
    return AuditedCase(
        ref=case_ref(case.case_id),
        subject=case.subject,
        outcome=str(case.outcome),
        approvers=rules_in_force.approvers(sitting, rules, case, pack),
        votes=_votes(entries),
        stored_signers=frozenset(
            one.member for one in signed if (one.number, one.outcome) == (case.pack, case.outcome)
        ),
        recused={one.member: one.at for one in seats.recusals(sitting.tx, case.case_id)},
        settled_from=None if case.kind == "appeal" else _settled_from(rules, entries),
        decided_on=deadlines.day_of(rules.calendar, decided_at),
        due_on=deadlines.due_on(
            rules.calendar, rules.deadlines, case.kind, "on_desk", case.opened_at, decided_at
        ),
        first_signers=_signers(sitting, first),
        pack=_pack(sitting, case, entries),
        makes_decision=case.kind in APPLICATIONS,
        published=_published(sitting, case),
        awaited=sitting.now - decided_at > _REACHES_WITHIN,
    )


def _votes(entries: list[LogEntry]) -> list[Vote]:
    opened: dict[tuple[str, int], datetime] = {}
    votes: list[Vote] = []
    for entry in entries:
        at = datetime.fromisoformat(entry.at)
        if entry.kind == "pack.opened":
            opened.setdefault((entry.by, entry.details["number"]), at)
        elif entry.kind == "vote.signed":
            body = entry.details
            before = opened.get((entry.by, body["number"]))
            votes.append(Vote(entry.by, body["number"], body["outcome"], at, before))
    return votes


def _settled_from(rules: CommitteeRules, entries: list[LogEntry]) -> datetime | None:
    frozen = next((entry for entry in entries if entry.kind == "pack.frozen"), None)
    if frozen is None:
        return None
    return datetime.fromisoformat(frozen.at) + rules.deadlines.settling


def _signers(sitting: Sitting, case_id: str | None) -> frozenset[str]:
    if case_id is None:
        return frozenset()
    return frozenset(one.member for one in signatures.of_case(sitting.tx, case_id))


def _pack(sitting: Sitting, case: Case, entries: list[LogEntry]) -> PackOnRecord | None:
    pack = packs.of(sitting.tx, case.case_id, case.pack or 0)
    if pack is None:
        return None
    frozen = {
        entry.details["number"]: str(entry.details["pack"])
        for entry in entries
        if entry.kind == "pack.frozen"
    }
    try:
        document = document_of(sitting, case)
        digest = None if document is None else document.digest
    except SealBroken:
        document, digest = None, "it does not open"
    ground = None if document is None else document.ground
    return PackOnRecord(
        number=pack.number,
        digest=pack.digest,
        stored_ground=pack.ground,
        frozen=frozen.get(pack.number),
        document=digest,
        ground=None if ground is None else ground.digest,
        small_panels=()
        if ground is None
        else tuple(
            panel.panel_id
            for panel in ground.panels
            if panel.score is not None and len(panel.reviews) < breaches.LEAST_REVIEWS
        ),
        is_policy_known=policies.by_digest(sitting.engine.tx, pack.policy) is not None,
        is_catalog_known=catalogs.is_known(sitting.engine.tx, pack.catalog),
    )


def _published(sitting: Sitting, case: Case) -> tuple[str, frozenset[str]] | None:
    """What the ledger has of the decision that a case made, also if it was retracted since."""
    if case.decision_id is None:
        return None
    for fact, _, _ in arrivals.of_person(sitting.engine, case.program, case.subject):
        if (fact.type, fact.id) == (DecisionRecorded.TYPE, case.decision_id):
            approvers = fact.data["approver_ids"]
            assert isinstance(approvers, list)
            return str(fact.data["pack"]), frozenset(approvers)
    return None
