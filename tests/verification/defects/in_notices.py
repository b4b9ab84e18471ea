"""Defects of what people are notified of: whose it is, who may end it, and who must not learn."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE

DEFECTS = (
    Defect(
        "notifications-of-everybody",
        "the list of my notifications has those of others of the program",
        ("M1", "W1"),
        (
            Edit(
                "web.store.notifications:page",
                "WHERE i.program = %s AND i.participant = %s ",
                "WHERE i.program = %s AND %s <> '' ",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "read-for-everybody",
        "who marks their notifications as read marks those of others",
        ("M1",),
        (
            Edit(
                "web.store.notifications:mark_read",
                "WHERE program = %s AND participant = %s AND id",
                "WHERE program = %s AND %s <> '' AND id",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "invitation-dismissed-by-another",
        "who knows the id of an invitation dismisses it for whom it is",
        ("M2", "W1"),
        (
            Edit(
                "web.store.invitations:dismiss",
                "AND program = %s AND respondent = %s",
                "AND program = %s AND %s <> ''",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "invitation-of-another-answered",
        "kudos are given on the invitation of somebody else",
        ("M2",),
        (
            Edit(
                "web.kudos.giving:_check_invitation",
                "not invitations.is_of(tx, program, giver, invitation_id)",
                "not invitation_id.isascii()",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "unsubscribed-by-a-look",
        "to open the link of an e-mail ends the e-mails, as programs that check mail do",
        ("M3",),
        (
            Edit(
                "web.pages.unsubscribing:ask",
                "return _page(request, ends, pool, done=False)",
                'return end(request, ends, pool, "One-Click")',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "unsubscribed-from-everything",
        "the link of an e-mail ends e-mails of another category too",
        ("M3",),
        (
            Edit(
                "notifier.store.preferences:end_emails",
                "[category]",
                '[category, "achievement"]',
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "giver-learns-of-a-report",
        "the giver of a note is notified that its report was dismissed",
        ("M4",),
        (
            Edit(
                "web.notes.settling:_notified",
                'return [(given.recipient, "report_dismissed")]',
                'return [(one, "report_dismissed") for one in (given.recipient, given.giver)]',
            ),
        ),
        _SURFACE,
    ),
)
