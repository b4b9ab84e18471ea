"""A member signs: one vote on one pack, which decides the case once enough have signed the same."""

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from governance.cases import deciding, desk, moving, rules_in_force, seating, texts
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused, RefusalKind
from governance.packs import relations
from governance.packs.ground import Ground
from governance.packs.grounds import ground_of
from governance.rules import seats as rules_of_seats
from governance.rules import signing, states
from governance.rules.signing import Signer
from governance.rules.states import Outcome
from governance.store import log, packs, signatures
from governance.store.cases import Case
from governance.store.packs import Pack
from governance.store.signatures import Signature


@dataclass(frozen=True, slots=True)
class AskedSignature:
    """What a member signs. `pack`: the digest of the pack that they read; `also`: of a withdrawal,
    decisions of stages above that are retracted too; `retracts`: of an appeal, reviews."""

    pack: str
    outcome: Outcome
    statement: str = ""
    also: tuple[str, ...] = ()
    retracts: tuple[str, ...] = ()


_SENTENCES: dict[RefusalKind, str] = {
    "is-subject": "Nobody signs a case of their own.",
    "recused": "You keep out of this case.",
    "not-seated": "You are not assigned to this case.",
    "pack-not-opened": "Open the pack before you sign it.",
    "authenticate-again": "Sign in again: a signature needs that within five minutes before it.",
    "outcome-not-offered": "This outcome cannot be signed: a line is open, or the case is another.",
    "statement-needed": "This outcome needs a statement: the subject is owed reasons.",
}


def sign(
    sitting: Sitting,
    program: str,
    case_id: str,
    member: str,
    authenticated_at: datetime | None,
    asked: AskedSignature,
) -> Case:
    """Sign; gives the case, decided or not. The same signature again is the same answer.

    What the pack rests on is computed again first. If that is another now, the pack is frozen again
    and nobody has signed the new one.

    Raises:
        CaseRefused: unknown-case, not-in-state, is-subject, recused, not-seated, pack-not-opened,
            authenticate-again, pack-changed, outcome-not-offered, statement-needed, key-erased;
            already-signed, as they signed something else.
    """
    case = moving.locked(sitting, program, case_id)
    if _signed_already(sitting, case, member, asked):
        return case
    if case.state != "on_desk":
        raise moving.not_in_state(case)
    rules = rules_in_force.in_force(sitting, program)
    pack = desk.current_pack(sitting, case)
    _check_signer(sitting, rules, case, member, authenticated_at)
    if pack.digest != asked.pack:
        raise CaseRefused("pack-changed", f"The pack is another now: open number {pack.number}.")
    ground = ground_of(sitting, case, pack.as_of)
    if ground.digest != pack.ground:
        _freeze_again(sitting, rules, case)
    offered = states.offered(case.kind, all_met=ground.all_met)
    sealed = texts.seal(sitting, case, "vote.signed", asked.statement)
    refused = signing.refusal_of_vote(asked.outcome, offered, has_statement=sealed is not None)
    if refused is not None:
        _refuse(refused)
    also, retracts = _retracted(rules, sitting, case, pack, ground, asked)
    body = {
        "number": pack.number, "pack": pack.digest, "outcome": asked.outcome,
        "also": list(also), "retracts": list(retracts),
    }  # fmt: skip
    entry = log.note(sitting.tx, program, case_id, "vote.signed", member, body, sitting.now, sealed)
    signatures.add(
        sitting.tx,
        Signature(
            case_id, pack.number, member, asked.outcome, also, retracts, entry.id, sitting.now
        ),
    )
    return _count(sitting, rules, case, pack)


def _count(sitting: Sitting, rules: CommitteeRules, case: Case, pack: Pack) -> Case:
    """Decide the case if enough have signed the same; assign another seat if votes are split."""
    bench = seating.bench_of(sitting, case)
    number = rules_in_force.approvers(sitting, rules, case, pack)
    outcome = rules_of_seats.agreed(number, bench.votes)
    if outcome is not None:
        return deciding.decide(sitting, rules, case, pack, outcome)
    seating.fill(sitting, rules, case)
    return case


def _signed_already(sitting: Sitting, case: Case, member: str, asked: AskedSignature) -> bool:
    """Whether a member signed exactly this. Raises CaseRefused if they signed it otherwise."""
    for signature in signatures.of_case(sitting.tx, case.case_id):
        pack = packs.of(sitting.tx, case.case_id, signature.number)
        if signature.member != member or pack is None or pack.digest != asked.pack:
            continue
        same = (
            signature.outcome == asked.outcome
            and set(signature.also) == set(asked.also)
            and set(signature.retracts) == set(asked.retracts)
            and _statement(sitting, case, signature) in (None, asked.statement)
        )
        if same:
            return True
        raise CaseRefused("already-signed", "You have signed this pack, and not this.")
    return False


def _statement(sitting: Sitting, case: Case, signature: Signature) -> str | None:
    entries = log.of_case(sitting.tx, case.case_id)
    entry = next(each for each in entries if each.id == signature.log_id)
    if entry.sealed is None:
        return ""
    return texts.read(sitting, case, entry)


def _check_signer(
    sitting: Sitting,
    rules: CommitteeRules,
    case: Case,
    member: str,
    authenticated_at: datetime | None,
) -> None:
    bench = seating.bench_of(sitting, case)
    signer = Signer(
        member,
        case.subject,
        any(seat.member == member for seat in bench.seated)
        and seating.decides(sitting, rules, case.program, member),
        member in bench.recused,
        signatures.has_opened(sitting.tx, case.case_id, case.pack or 0, member),
        authenticated_at,
    )
    refused = signing.refusal_of(signer, sitting.now)
    if refused is not None:
        _refuse(refused)
    conflicts = relations.conflicted(sitting, case.program, case.subject, [member])
    if member in conflicts:
        seating.recuse(sitting, case, member, conflicts[member][0].kind, declared=False)
        seating.fill(sitting, rules, case)
        raise CaseRefused("recused", _SENTENCES["recused"], keeps=True)


def _freeze_again(sitting: Sitting, rules: CommitteeRules, case: Case) -> NoReturn:
    case = desk.refrozen(sitting, case) or case
    seating.fill(sitting, rules, case)
    raise CaseRefused(
        "pack-changed",
        f"Facts have changed since the pack was frozen: open it again, it is number {case.pack}.",
        keeps=True,
    )


def _retracted(
    rules: CommitteeRules,
    sitting: Sitting,
    case: Case,
    pack: Pack,
    ground: Ground,
    asked: AskedSignature,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a signature retracts together with the decision: `also` and `retracts`, sorted."""
    also, reviews = set(asked.also), set(asked.retracts)
    if also and asked.outcome != "retracted":
        _refuse("outcome-not-offered")
    if reviews and asked.outcome != "upheld":
        _refuse("outcome-not-offered")
    if not also <= deciding.above(sitting, rules, case, pack, ground).keys():
        raise CaseRefused("not-allowed", "One of the decisions is not of a stage above this one.")
    if not reviews <= {review for panel in ground.panels for review in panel.reviews}:
        raise CaseRefused("not-allowed", "One of the reviews is not of the pack.")
    return tuple(sorted(also)), tuple(sorted(reviews))


def _refuse(kind: RefusalKind) -> NoReturn:
    raise CaseRefused(kind, _SENTENCES[kind])
