"""Defects of e-mails: what is sent twice, to whom it should not be, or says what it must not."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE
_DROP = "notifier.rules.sending:_drop"

DEFECTS = (
    Defect(
        "message-id-of-each-attempt",
        "a message has another id each time it is sent, so nobody sees that it is the same",
        ("E1",),
        (
            Edit(
                "notifier.channels.email.outgoing:OutgoingMail._begun",
                'before.message_id or f"<{sending.first(subjects)}',
                'f"<{uuid.uuid4()}',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "claim-without-lease",
        "what one process is sending is free for the others",
        ("E2",),
        (
            Edit(
                "notifier.store.due_deliveries:begin",
                "lease = clock_timestamp() + %s",
                "lease = clock_timestamp() - %s",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "revoked-mailed",
        "an award that is no longer held is mailed",
        ("E3",),
        (Edit(_DROP, "if not matter.stands:", "if False:"),),
        _SURFACE,
    ),
    Defect(
        "off-mailed",
        "e-mails are sent to who has turned them off",
        ("E3",),
        (Edit(_DROP, "if matter.category in reach.preferences.email_off:", "if False:"),),
        _SURFACE,
    ),
    Defect(
        "bad-address-mailed",
        "an address that a server has refused is tried with every award",
        ("E3",),
        (Edit(_DROP, "if reach.bad else None", "if False else None"),),
        _SURFACE,
    ),
    Defect(
        "quiet-hours-ignored",
        "e-mails come in the night",
        ("E4",),
        (
            Edit(
                "notifier.rules.sending:decide",
                "quiet = reach.preferences.quiet_hours",
                "quiet = None",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "no-unsubscribe",
        "an e-mail cannot be ended with one click",
        ("E5",),
        (
            Edit(
                "notifier.channels.email.message:compose",
                "if letter.unsubscribe is not None:",
                "if False:",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "note-in-email",
        "an e-mail quotes a private note",
        ("E6",),
        (
            Edit(
                "notifier.store.due_matters:news_of_awards",
                "badge=each.title",
                'badge=str(tx.one("SELECT message FROM messages ORDER BY length(message)"))',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "mailed-again",
        "an award that is awarded again is mailed again",
        ("E7",),
        (
            Edit(
                "notifier.store.deliveries:enqueue",
                "tx.execute(_ENQUEUE,",
                "tx.execute(_ENQUEUE.replace(\"d.state = 'dropped' AND d.error =\", \"'x' <>\"),",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "address-in-error",
        "what a mail server says is stored, with the address in it",
        ("E8",),
        (
            Edit(
                "notifier.channels.email.smtp:_codes",
                'return f"{code} {enhanced.group()}" if enhanced else str(code)',
                'return f"{code} {text}"',
            ),
        ),
        _SURFACE,
    ),
)
