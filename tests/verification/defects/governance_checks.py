"""What is looked at of committees: C1 as many as must have signed this pack · C2 nobody signs who
may not · C3 what is signed is what was read, and still holds · C4 an open line grants nothing ·
C5 facts are published with the decision, once Kafka has them · C6 the same step is the same fact ·
C7 the log shows changes, and no private text · C8 time · C9 appeals · C10 blindness · C11 erasure ·
C12 nobody sits in a case of their own · C13 the daily audit.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from events.deliveries import Confirmed, DeliveryError
from events.outgoing import OutgoingRecord
from governance.audit import daily
from governance.cases import appeals, desk, texts
from governance.errors import CaseRefused
from governance.process.publishing import publish
from governance.rules import deadlines, ids
from governance.store import conflicts, log
from governance.store.cases import Case
from governance.store.log import LogBroken
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.emptied import empty
from tests.integration.governance.lodge import CATALOG, MEMBERS, SUBJECT, Lodge
from tests.verification.checker.verdict import Violation

_WORDS = "because of the private words of a member"


def violations(lodge: Lodge, checks: Iterable[str]) -> list[Violation]:
    """What these checks find wrong; nothing without a defect. Each has the lodge for itself."""
    found = []
    for name in checks:
        empty(lodge)
        found += [Violation(name, text) for text in CHECKS[name](lodge)]
    return found


def _refusal(act: Callable[[], object]) -> str:
    """The kind of refusal that a use case answers with; empty if it does what it was asked."""
    try:
        act()
    except CaseRefused as refusal:
        return refusal.kind
    return ""


def _ready(lodge: Lodge) -> tuple[Case, str, str]:
    """A case on the desk of somebody who is ready, with its two seats."""
    lodge.ready()
    case = lodge.on_desk()
    first, second = lodge.seated(case)
    return case, first, second


def _enough(lodge: Lodge) -> Iterator[str]:
    case, first, second = _ready(lodge)
    if lodge.open_and_sign(case, first, "granted").state != "on_desk":
        yield "one signature decides"
        return
    with lodge.room.sitting() as sitting:
        desk.recuse(sitting, PROGRAM, case.case_id, first)
    if lodge.open_and_sign(case, second, "granted").state != "on_desk":
        yield "a recused member's signature decides"
        return
    lodge.training("late", 1)
    third = next(member for member in lodge.seated(case) if member != second)
    lodge.open(case, third)
    _refusal(lambda: lodge.sign(case, third, "granted"))
    if lodge.open_and_sign(case, third, "granted").state != "on_desk":
        yield "a signature on the pack before decides"


def _signers(lodge: Lodge) -> Iterator[str]:
    case, first, second = _ready(lodge)
    if not _refusal(lambda: lodge.sign(case, first, "granted")):
        yield "somebody signs a pack that they have not opened"
        return
    lodge.open(case, first)
    long_ago = lodge.room.now - timedelta(minutes=6)
    if not _refusal(lambda: lodge.sign(case, first, "granted", authenticated_at=long_ago)):
        yield "somebody signs who authenticated six minutes ago"
        return
    with lodge.room.sitting() as sitting:
        conflicts.declare(sitting.tx, PROGRAM, (SUBJECT, first), "family", first, sitting.now)
    if not _refusal(lambda: lodge.sign(case, first, "granted")):
        yield "somebody signs whose conflict was declared since"
        return
    lodge.open(case, second)
    with lodge.room.sitting() as sitting:
        desk.recuse(sitting, PROGRAM, case.case_id, second)
    if not _refusal(lambda: lodge.sign(case, second, "granted")):
        yield "somebody signs who is recused"


def _own(lodge: Lodge) -> Iterator[str]:
    lodge.room.seat(SUBJECT)
    with lodge.room.sitting() as sitting:
        for member in MEMBERS[1:]:
            conflicts.declare(sitting.tx, PROGRAM, (SUBJECT, member), "family", member, sitting.now)
    lodge.ready()
    if seated := lodge.seated(lodge.on_desk()):
        yield f"though one member alone may sit, seats are of {seated}"


def _audit(lodge: Lodge) -> Iterator[str]:
    case, _, _ = _ready(lodge)
    lodge.decide(case, "granted")
    lodge.deliver()
    lodge.retract("review.submitted", "panel-3")
    with lodge.room.sitting() as sitting:
        (finding,) = daily.audit(sitting, PROGRAM)
    if finding.holds or not finding.opened:
        yield "a decision is held to stand whose reviews were retracted"


def _packs(lodge: Lodge) -> Iterator[str]:
    case, first, second = _ready(lodge)
    lodge.open(case, first)
    if not _refusal(lambda: lodge.sign(case, first, "granted", pack="0" * 64)):
        yield "another pack than the one that was read is signed"
    lodge.open(case, second)
    lodge.training("late", 1)
    if not _refusal(lambda: lodge.sign(case, second, "granted")):
        yield "a pack is signed that does not hold any more"


def _outcomes(lodge: Lodge) -> Iterator[str]:
    case = lodge.on_desk()
    member = lodge.seated(case)[0]
    lodge.open(case, member)
    if not _refusal(lambda: lodge.sign(case, member, "granted")):
        yield "a stage is granted though a line is open"


class _Silent:
    """A Kafka that confirms nothing."""

    def send(self, record: OutgoingRecord) -> None:
        pass

    def flush(self) -> None:
        raise DeliveryError([("one", "not now")])

    def confirmed(self, event_id: str) -> Confirmed | None:
        return None


def _publishing(lodge: Lodge) -> Iterator[str]:
    case, first, second = _ready(lodge)
    lodge.open_and_sign(case, first, "granted")

    def fail(*_: Any) -> None:
        raise RuntimeError

    with patch("governance.notices.notify", fail), suppress(RuntimeError):
        lodge.open_and_sign(case, second, "granted")
    if lodge.published():
        yield "a decision that failed is published"
        return
    lodge.open_and_sign(case, second, "granted")
    with suppress(DeliveryError):
        publish(lodge.room.committee, _Silent())
    if len(lodge.published()) != 1:
        yield "a decision that Kafka does not have is not published any more"


def _same(lodge: Lodge) -> Iterator[str]:
    case = lodge.decide(lodge.on_desk(), "declined")
    (event,) = lodge.published()
    if event["id"] != ids.decision_event_id(case.case_id):
        yield "the same decision would be another event"
    if event["data"]["decision_id"] != ids.decision_id(case.case_id):
        yield "the same decision would be another fact"


def _logged(lodge: Lodge) -> Iterator[str]:
    case, first, _ = _ready(lodge)
    lodge.open_and_sign(case, first, "granted", statement=_WORDS)
    with lodge.room.sitting() as sitting:
        if any(_WORDS in entry.body for entry in log.of_case(sitting.tx, case.case_id)):
            yield "a statement is in the clear"
    with lodge.room.harness.transaction() as tx:
        tx.execute("ALTER TABLE governance.log DISABLE TRIGGER USER")
        tx.execute("UPDATE governance.log SET sealed = 'other' WHERE kind = 'vote.signed'")
        tx.execute("ALTER TABLE governance.log ENABLE TRIGGER USER")
    try:
        with lodge.room.sitting() as sitting:
            log.verify(sitting.tx)
        yield "a sealed text that was exchanged does not show"
    except LogBroken:
        pass


def _time(lodge: Lodge) -> Iterator[str]:
    lodge.ready()
    case = lodge.apply()
    lodge.room.move(hours=71)
    lodge.step()
    if lodge.case(case.case_id).state != "settling":
        yield "a pack is on the desk before it has settled"
    late = datetime(2026, 3, 26, 22, 30, tzinfo=UTC)  # half past eleven, and the clock goes forward
    if deadlines.last_day(CATALOG.calendar, late, 5) != date(2026, 3, 31):
        yield "the fifth day after the 26th is not the 31st"


def _appeals(lodge: Lodge) -> Iterator[str]:
    first = lodge.decide(lodge.on_desk(), "declined")
    lodge.deliver()
    signers = lodge.left(first).keys()
    gone = next(member for member in MEMBERS if member not in signers)
    lodge.room.dismiss(gone)  # two are left who may decide: one too few
    with lodge.room.sitting() as sitting:
        appeal = appeals.lodge(sitting, PROGRAM, first.case_id, SUBJECT, "it was not read")
    if signers & set(lodge.seated(appeal)):
        yield "who decided is to decide about it again"


def _blind(lodge: Lodge) -> Iterator[str]:
    case, member, _ = _ready(lodge)
    if SUBJECT in repr(lodge.open(case, member).document):
        yield "a pack names its subject"
    if lodge.open(case, member).subject is not None:
        yield "the subject of a pack that is opened blind is shown"

    def unblind() -> None:
        with lodge.room.sitting() as sitting:
            desk.open_pack(sitting, PROGRAM, case.case_id, member, blind=False)

    if not _refusal(unblind):
        yield "names are shown without a reason"


def _erased(lodge: Lodge) -> Iterator[str]:
    case = lodge.apply(reason=_WORDS)
    lodge.room.erase(SUBJECT)
    case = lodge.case(case.case_id)
    with lodge.room.sitting() as sitting:
        log.verify(sitting.tx)
        entries = log.of_case(sitting.tx, case.case_id)
        if any(texts.read(sitting, case, entry) is not None for entry in entries):
            yield "a text is read after its subject was erased"
        if any(_WORDS.encode() in (entry.sealed or b"") for entry in entries):
            yield "a text stands in the log in clear"


CHECKS: dict[str, Callable[[Lodge], Iterator[str]]] = {
    "C1": _enough,
    "C2": _signers,
    "C3": _packs,
    "C4": _outcomes,
    "C5": _publishing,
    "C6": _same,
    "C7": _logged,
    "C8": _time,
    "C9": _appeals,
    "C10": _blind,
    "C11": _erased,
    "C12": _own,
    "C13": _audit,
}
