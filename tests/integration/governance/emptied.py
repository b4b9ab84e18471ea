"""A lodge as it was in the beginning, so that many histories can be played in one database."""

from tests.integration.governance.lodge import MEMBERS, Lodge
from tests.support.issuing import NOW


def empty(lodge: Lodge) -> None:
    """Let nothing have happened yet: no facts, no cases, and the committee of five."""
    room = lodge.room
    room.harness.clear()
    with room.harness.transaction() as tx:
        names = [
            name
            for (name,) in tx.rows(
                "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
                "WHERE (schemaname = 'governance' AND tablename NOT LIKE '%%version%%') "
                "OR (schemaname, tablename) = ('notify', 'case_news')"
            )
        ]
        tx.execute("ALTER TABLE governance.log DISABLE TRIGGER USER")
        tx.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        tx.execute("ALTER TABLE governance.log ENABLE TRIGGER USER")
    room.now = NOW
    for member in MEMBERS:
        room.seat(member)
