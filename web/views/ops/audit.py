"""The audit log as operators see it, and whether it is as it was written."""

from typing import Any

from engine.store import audit_log
from engine.store.audit_log import AuditBroken
from engine.store.postgres.connection import Transaction
from web.views.model import InstantText, View


class AuditEntryShown(View):
    """What somebody decided or looked at. `details` never hold a private text."""

    id: int
    at: InstantText
    action: str
    by: str
    reason: str
    details: dict[str, Any]


class AuditPage(View):
    """Entries, latest first."""

    items: list[AuditEntryShown]
    next: str | None


class AuditVerified(View):
    """Every entry checked against the one before. `broken`: what is not as it was written, and
    `entry` where; null if all is. `head`: the hash of the last entry and all before it."""

    entries: int
    head: str
    entry: int | None
    broken: str | None


def page(tx: Transaction, before: int | None, limit: int) -> AuditPage:
    """A page of them; one statement."""
    there = audit_log.page(tx, before, limit + 1)
    items = [
        AuditEntryShown(
            id=entry.id,
            at=entry.at,
            action=entry.action,
            by=entry.by,
            reason=entry.reason,
            details=dict(entry.details),
        )
        for entry in there[:limit]
    ]
    return AuditPage(items=items, next=str(items[-1].id) if len(there) > limit else None)


def verified(tx: Transaction) -> AuditVerified:
    """Check all of it. `tx`: sees one moment throughout."""
    try:
        head = audit_log.verify(tx)
    except AuditBroken as broken:
        stands = audit_log.head(tx)
        return AuditVerified(
            entries=stands.entries, head=stands.head, entry=broken.entry, broken=str(broken)
        )
    return AuditVerified(entries=head.entries, head=head.head, entry=None, broken=None)
