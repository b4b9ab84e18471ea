"""What follows when enough members have signed the same: state, facts and log at once.

Facts are composed here, as final bytes: whatever happens to a process later, they do not change.
"""

from dataclasses import replace

from engine.store import policies
from events.schemas.decision_recorded import DecisionRecorded
from events.schemas.review_submitted import ReviewSubmitted
from governance import notices, published
from governance.cases import moving, opening
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.packs.ground import Ground, GroundDecision
from governance.rules import ids
from governance.rules.states import APPLICATIONS, OPEN
from governance.store import cases, log, outbox, seats, signatures
from governance.store.cases import Case
from governance.store.outbox import CommitteeFact
from governance.store.packs import Pack
from governance.store.signatures import Signature


def decide(sitting: Sitting, rules: CommitteeRules, case: Case, pack: Pack, outcome: str) -> Case:
    """Decide a case, by the signatures of its current pack with this outcome."""
    recused = {each.member for each in seats.recusals(sitting.tx, case.case_id)}
    signed = [
        each
        for each in signatures.of_case(sitting.tx, case.case_id)
        if each.number == pack.number and each.outcome == outcome and each.member not in recused
    ]
    seats.leave_all(sitting.tx, case.case_id, sitting.now)
    if case.kind == "appeal":
        return _settle_appeal(sitting, rules, case, pack, signed)
    facts: list[CommitteeFact] = []
    if case.kind in APPLICATIONS:
        facts.append(published.decision(case, pack, signed, recused))
    elif outcome == "retracted":
        facts += [
            published.retraction(case, DecisionRecorded.TYPE, each, signed)
            for each in _decisions_to_retract(case, signed)
        ]
    return _decided(sitting, rules, case, signed, facts, recused)


def above(
    sitting: Sitting, rules: CommitteeRules, case: Case, pack: Pack, ground: Ground
) -> dict[str, GroundDecision]:
    """Decisions in force about the subject that gave a stage above the one of a withdrawal, by id:
    they are offered for it in the same vote."""
    policy = policies.by_digest(sitting.engine.tx, pack.policy) or rules.policy
    order = [stage.badge for stage in policy.stages]
    if case.kind != "withdrawal" or case.about not in order:
        return {}
    higher = set(order[order.index(case.about) + 1 :])
    return {
        each.decision_id: each
        for each in ground.decisions
        if each.case in higher and each.outcome in ("granted", "renewed")
    }


def _decided(
    sitting: Sitting,
    rules: CommitteeRules,
    case: Case,
    signed: list[Signature],
    facts: list[CommitteeFact],
    recused: set[str],
) -> Case:
    outcome = signed[0].outcome
    decision_id = ids.decision_id(case.case_id) if case.kind in APPLICATIONS else None
    case = moving.move(
        sitting, rules, case, "decided",
        outcome=outcome, decided_at=sitting.now, decision_id=decision_id,
    )  # fmt: skip
    outbox.put(sitting.tx, facts, sitting.now)
    body = {
        "outcome": outcome,
        "decision_id": decision_id,
        "approvers": sorted(each.member for each in signed),
        "recused": sorted(recused),
        "retracts": [each.fact_id for each in facts if each.is_retraction],
    }
    log.note(
        sitting.tx, case.program, case.case_id, "decision.published", moving.ITSELF, body,
        sitting.now,
    )  # fmt: skip
    notices.notify(sitting, case, "decided", [case.subject])
    return case


def _settle_appeal(
    sitting: Sitting, rules: CommitteeRules, case: Case, pack: Pack, signed: list[Signature]
) -> Case:
    assert case.of_case is not None, "an appeal is of a case"
    outcome = signed[0].outcome
    first = moving.locked(sitting, case.program, case.of_case)
    case = moving.move(sitting, rules, case, "settled", outcome=outcome, decided_at=sitting.now)
    first = moving.move(sitting, rules, first, "settled")
    reviews = sorted({review for each in signed for review in each.retracts})
    facts = [published.retraction(case, ReviewSubmitted.TYPE, each, signed) for each in reviews]
    outbox.put(sitting.tx, facts, sitting.now)
    after = _open_again(sitting, rules, case, first) if outcome == "upheld" else None
    body = {
        "outcome": outcome,
        "signers": sorted(each.member for each in signed),
        "retracts": reviews,
        "case": after.case_id if after is not None else None,
    }
    for about in (case, first):
        log.note(
            sitting.tx, about.program, about.case_id, "appeal.settled", moving.ITSELF, body,
            sitting.now,
        )  # fmt: skip
    notices.notify(sitting, case, "appeal_settled", [case.subject])
    return case


def _open_again(sitting: Sitting, rules: CommitteeRules, appeal: Case, first: Case) -> Case:
    """The case that an upheld appeal opens, of what the first one decided. Somebody who has applied
    for it in the meantime has that case already, which then names the first decision."""
    appeal_of = first.decision_id or first.of_decision
    kind = first.kind
    if kind == "withdrawal":
        kind = opening.kind_of(sitting, first.program, first.subject, first.about)
    who = (first.program, first.subject, first.about)
    again = replace(
        opening.new_case(
            sitting, rules, who, kind, "acknowledged", moving.ITSELF,
            ids.case_after_appeal(appeal.case_id),
        ),
        of_case=appeal.case_id, appeal_of=appeal_of,
    )  # fmt: skip
    if cases.insert(sitting.tx, again):
        opening.note_opened(sitting, again, moving.ITSELF, "")
        return again
    open_one = next(
        each
        for each in cases.of_subject(sitting.tx, first.program, first.subject)
        if each.about == first.about and each.kind in APPLICATIONS and each.state in _OPEN
    )
    locked = moving.locked(sitting, first.program, open_one.case_id)
    return cases.update(sitting.tx, replace(locked, of_case=appeal.case_id, appeal_of=appeal_of))


_OPEN = OPEN - {"hearing"}


def _decisions_to_retract(case: Case, signed: list[Signature]) -> list[str]:
    """What a withdrawal is about first, then what its signers ticked."""
    assert case.of_decision is not None, "a withdrawal is of a decision"
    also = {each for signature in signed for each in signature.also}
    return [case.of_decision, *sorted(also - {case.of_decision})]
