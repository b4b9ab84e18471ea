"""What is deleted once it is of no more use."""

from datetime import datetime, timedelta

from engine.store.postgres.connection import Transaction

_ITEMS = timedelta(days=400)
_DELIVERIES = timedelta(days=90)


def tidy(tx: Transaction, now: datetime) -> dict[str, int]:
    """Delete old rows; gives how many, by table.

    Notices stay, and deliveries of which a message left: by them nobody is notified twice.
    """
    return {
        "items": tx.execute("DELETE FROM notify.items WHERE at < %s", now - _ITEMS),
        "deliveries": tx.execute(
            "DELETE FROM notify.deliveries WHERE settled_at < %s AND message_id IS NULL",
            now - _DELIVERIES,
        ),
        "invitations": tx.execute("DELETE FROM notify.invitations WHERE at < %s", now - _ITEMS),
    }
