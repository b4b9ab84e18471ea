"""Private messages, apart from everything else: only a recipient and coordinators may read one."""

from collections.abc import Iterable

from engine.intake.keys import Key
from engine.store.postgres.connection import Transaction


def keep(tx: Transaction, messages: Iterable[tuple[Key, str]]) -> None:
    """Keep the message of each fact."""
    rows = sorted((key.place, key.fact, message) for key, message in messages)
    if rows:
        tx.copy("messages", ("place", "fact", "message"), ("int8", "int8", "text"), rows)


def forget(tx: Transaction, facts: Iterable[Key]) -> None:
    """Delete the messages of retracted facts."""
    keys = sorted(facts)
    if keys:
        tx.execute(
            "DELETE FROM messages m USING unnest(%b::bigint[], %b::bigint[]) k (place, fact) "
            "WHERE m.place = k.place AND m.fact = k.fact",
            [key.place for key in keys], [key.fact for key in keys],
        )  # fmt: skip
