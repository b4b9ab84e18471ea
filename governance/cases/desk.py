"""The desk: cases come to it, members open packs there, and keep out of what concerns them."""

from dataclasses import dataclass, replace

from governance import notices
from governance.calibration import pausing
from governance.cases import moving, rules_in_force, seating, texts
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs import freezing
from governance.packs.freezing import PackDocument
from governance.packs.grounds import ground_of
from governance.rules.states import OPEN
from governance.store import cases, log, packs, people, samples, seats, signatures
from governance.store.cases import Case
from governance.store.packs import Pack


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A pack as somebody opened it. `subject` is None while names are left out."""

    case: Case
    pack: Pack
    document: PackDocument
    subject: str | None


def bring(sitting: Sitting, rules: CommitteeRules, case: Case) -> Case:
    """Bring a case that has settled to the desk. What its pack rests on is computed again: if that
    is another now, the pack is frozen again, as of the same instant, and settles no more. While a
    rubric that it hangs on is paused, it stays as it is."""
    if pausing.paused_rubrics(sitting, rules, case):
        return case
    case = refrozen(sitting, case) or case
    case = moving.move(sitting, rules, case, "on_desk")
    seating.fill(sitting, rules, case)
    notices.notify(sitting, case, "on_desk", [case.subject])
    return case


def refrozen(sitting: Sitting, case: Case) -> Case | None:
    """Freeze the pack again if the facts that it rests on are others now; None if they are not."""
    pack = current_pack(sitting, case)
    if ground_of(sitting, case, pack.as_of).digest == pack.ground:
        return None
    number = freezing.freeze(sitting, case).number
    return cases.update(sitting.tx, replace(case, pack=number))


def current_pack(sitting: Sitting, case: Case) -> Pack:
    """The pack that is to be signed."""
    pack = packs.of(sitting.tx, case.case_id, case.pack or 0)
    assert pack is not None, "what has settled has a pack"
    return pack


def open_pack(
    sitting: Sitting,
    program: str,
    case_id: str,
    member: str,
    *,
    blind: bool = True,
    reason: str = "",
) -> OpenedPack:
    """A member with a seat opens the current pack, or an auditor any; it is logged once. Not
    `blind`: with the names, for a reason.

    Raises:
        CaseRefused: unknown-case, not-in-state, is-subject, recused, not-seated, key-erased;
            statement-needed, as names are shown for a reason only.
    """
    case = moving.locked(sitting, program, case_id)
    _check_may_open(sitting, case, member)
    if case.pack is None:
        raise moving.not_in_state(case)
    sealed = texts.seal(sitting, case, "pack.opened", reason) if not blind else None
    if not blind and sealed is None:
        raise CaseRefused("statement-needed", "Say why you need the names; it is logged.")
    pack = current_pack(sitting, case)
    document = freezing.opened(sitting, case, pack)
    if signatures.note_opening(sitting.tx, case_id, pack.number, member, blind, sitting.now):
        body = {"number": pack.number, "pack": pack.digest, "blind": blind}
        log.note(sitting.tx, program, case_id, "pack.opened", member, body, sitting.now, sealed)
    return OpenedPack(case, pack, document, None if blind else case.subject)


def _check_may_open(sitting: Sitting, case: Case, member: str) -> None:
    if member == case.subject:
        raise CaseRefused("is-subject", "Nobody reads the pack of a case of their own.")
    if member in {each.member for each in seats.recusals(sitting.tx, case.case_id)}:
        raise CaseRefused("recused", "You keep out of this case.")
    officer = people.of(sitting.tx, case.program, member)
    if officer is not None and "auditor" in officer.roles:
        return
    if samples.is_asked(sitting.tx, case.case_id, member):
        return
    has_seat = any(
        seat.member == member and seat.left_at is None
        for seat in seats.of_case(sitting.tx, case.case_id)
    )
    if not has_seat or officer is None or not officer.roles & seating.DECIDE:
        raise CaseRefused("not-seated", "You are not assigned to this case.")
    if case.state != "on_desk":
        raise moving.not_in_state(case)


def recuse(sitting: Sitting, program: str, case_id: str, member: str, why: str = "") -> Case:
    """A member keeps out of a case: a seat of theirs is assigned to another, and what they signed
    of it does not count. Done already: nothing happens. `why`: their words, which are sealed.

    Raises:
        CaseRefused: unknown-case; not-allowed, as they are not of the committee; not-in-state, as
            the case is decided.
    """
    case = moving.locked(sitting, program, case_id)
    if not seating.is_of_committee(sitting, program, member):
        raise CaseRefused("not-allowed", "Only those who may decide a case can keep out of it.")
    if case.state not in OPEN:
        raise moving.not_in_state(case)
    sealed = texts.seal(sitting, case, "member.recused", why)
    seating.recuse(sitting, case, member, "declared", declared=True, sealed=sealed)
    if case.state == "on_desk":
        seating.fill(sitting, rules_in_force.in_force(sitting, program), case)
    return case
