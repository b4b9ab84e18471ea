"""An open transaction that holds a partition up, and how to end it."""

from engine.queries.status import BehindOpenTransaction


def described(topic: str, partition: int, behind: BehindOpenTransaction, bootstrap: str) -> str:
    """What waits, since when, whose transaction it is, and the command that aborts it."""
    owner = "its publisher is not known to this broker"
    if behind.producer_id is not None:
        owner = f"producer id {behind.producer_id}"
        if behind.transactional_id is not None:
            owner += f", transactional id {behind.transactional_id!r}"
        else:
            owner += ", which no coordinator knows: it hangs"
    return (
        f"{topic} partition {partition}: {behind.records} records wait behind a transaction that "
        f"began at offset {behind.start_offset}\nopen since {behind.since:%Y-%m-%d %H:%M:%S} UTC; "
        f"{owner}\n"
        "if its publisher is gone, abort it; see docs/operating.md, 'an open transaction':\n"
        f"kafka-transactions.sh --bootstrap-server {bootstrap} abort --topic {topic} "
        f"--partition {partition} --start-offset {behind.start_offset}"
    )
