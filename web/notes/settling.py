"""What a coordinator makes of a note that its recipient has reported."""

from typing import Literal

from engine.queries import notes
from engine.store import audit_log
from engine.store.awards.kudos import KudosReceived, KudosWanted
from engine.store.postgres.connection import transaction
from web.notes.desk import NotesDesk
from web.store import note_reports, notifications, removals
from web.store.note_reports import Settled
from web.store.notifications import SettledKind
from web.store.removals import Removal
from web.views.moment import Moment

Decision = Literal["dismiss", "remove"]
"""Keep the note, or retract the kudos with it."""

ACTION = "notes.settled"
_AS: dict[Decision, Settled] = {"dismiss": "dismissed", "remove": "removed"}


class NothingReported(Exception):
    """No report of a note of this id waits to be settled."""


def settle(
    desk: NotesDesk, moment: Moment, program: str, subject: str, kudos_id: str, decision: Decision
) -> None:
    """Settle the report of a note, write down who did, and notify the people. To remove is to
    retract the kudos: the retraction is kept until Kafka has it.

    Raises:
        NothingReported, CatalogAltered
    """
    now = desk.now()
    wanted = KudosWanted(ids=[kudos_id])
    standing = notes.with_notes(moment.engine, program, wanted, None, 1).kudos
    with transaction(desk.pool) as tx:
        if not note_reports.settle(tx, program, kudos_id, now, _AS[decision]):
            raise NothingReported
        details = {"program": program, "kudos_id": kudos_id, "decision": decision}
        audit_log.note(tx, ACTION, subject, "a recipient reported it", details)
        for given in standing:
            if decision == "remove":
                removals.add(tx, Removal(program, given.loop, kudos_id, now))
            for person, what in _notified(decision, given):
                notifications.add_settled(tx, program, person, kudos_id, what, now)


def _notified(decision: Decision, given: KudosReceived) -> list[tuple[str, SettledKind]]:
    """Who learns of the decision, and as what. Of a report that led to nothing the giver must not
    learn that there was one."""
    if decision == "dismiss":
        return [(given.recipient, "report_dismissed")]
    return [(given.recipient, "kudos_removed"), (given.giver, "gift_removed")]
