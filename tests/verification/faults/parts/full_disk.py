"""PostgreSQL without room on its disk, as far as writers of one table see, with a proof."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import sql

from tests.verification.faults.parts.direct import connected

# A sequence counts what a transaction that is rolled back has counted, too.
_FAIL = sql.SQL("""
    CREATE SCHEMA faults;
    CREATE SEQUENCE faults.full_disk;
    CREATE FUNCTION faults.full_disk() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
        IF nextval('faults.full_disk') <= {statements} THEN
            RAISE disk_full USING MESSAGE = 'could not extend file: No space left on device';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION faults.full_disk();
""")
_LET_GO = sql.SQL("DROP TRIGGER IF EXISTS full_disk ON {table}")
_FORGET = "DROP SCHEMA IF EXISTS faults CASCADE"
_TRIED = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM faults.full_disk"


@dataclass
class FullDisk:
    """A disk that is full for the first `statements` that come."""

    url: str
    table: str
    statements: int
    _at_the_end: int | None = None

    def raised(self) -> int:
        """How many statements failed because of it, during the block and after it."""
        if self._at_the_end is not None:
            return self._at_the_end
        with connected(self.url) as connection:
            row = connection.execute(_TRIED).fetchone()
        assert row is not None
        return min(int(row[0]), self.statements)

    def mend(self) -> None:
        """Have room again."""
        with connected(self.url) as connection:
            connection.execute(_LET_GO.format(table=sql.Identifier(self.table)))
            self._at_the_end = self.raised()
            connection.execute(_FORGET)


@contextmanager
def disk_full(url: str, table: str, statements: int) -> Iterator[FullDisk]:
    """The next `statements` INSERTs or COPYs into the table, of any session, fail with disk_full
    (53100), whatever becomes of their transactions; the end of the block calls the rest off."""
    with connected(url) as connection:
        connection.execute(_FORGET)
        connection.execute(
            _FAIL.format(statements=sql.Literal(statements), table=sql.Identifier(table))
        )
    disk = FullDisk(url, table, statements)
    try:
        yield disk
    finally:
        disk.mend()
