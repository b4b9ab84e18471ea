"""Records read into the tables, without a broker; and what the tables then say."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from engine.sole_reader.cursors import Extent, ReadingStart, TopicCursor
from engine.sole_reader.intake import RecordsRead
from engine.sole_reader.topic import TopicRecord
from engine.store.postgres.connection import transaction
from notifier.intake.feed import AwardsIntake
from notifier.rules.telling import TellingOptions
from tests.support.award_records import START

EMPTY = (
    "TRUNCATE notify.notices, notify.items, notify.deliveries, notify.invitations, "
    "notify.preferences, notify.cursors"
)


class Reading:
    """One partition of a topic; each batch is a transaction. The clock stands until it is moved.

    `already`: how many records are there when the notifier first starts.
    """

    def __init__(
        self,
        database: Engine,
        already: int = 0,
        *,
        options: TellingOptions | None = None,
    ) -> None:
        self._database = database
        self._offset = 0
        self.now = START + timedelta(hours=1)
        options = options or TellingOptions(email=True)
        self._intake = AwardsIntake("awards", options, lambda: self.now, from_beginning=False)
        with transaction(database) as tx:
            tx.execute(EMPTY)
            tx.execute(
                "INSERT INTO notify.cursors (partition, next_offset, topic_id, lane) "
                "VALUES (0, 0, 't', 1)"
            )
            start = ReadingStart({0: TopicCursor(0, 1)}, True, frozenset({0}))
            self._intake.begin(tx, start, {0: Extent(0, already)})

    def read(self, *values: bytes | None) -> int:
        """Read a batch; gives how many were refused."""
        records = [
            TopicRecord(self._offset + number, START, b"k", value, [])
            for number, value in enumerate(values)
        ]
        self._offset += len(values)
        with transaction(self._database) as tx:
            return self._intake.write(tx, {0: RecordsRead(1, records)})[0]

    def move_clock(self, **by: float) -> datetime:
        """Later by so much; gives the new time."""
        self.now += timedelta(**by)
        return self.now

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What a query answers."""
        with transaction(self._database) as tx:
            return tx.rows(statement)

    def execute(self, statement: str, *parameters: object) -> None:
        """What somebody else writes."""
        with transaction(self._database) as tx:
            tx.execute(statement, *parameters)

    def items(self) -> dict[str, bool]:
        """Of each subject that has an item: whether it is gone. Fails for two items of one."""
        return _once(
            self.rows(
                "SELECT coalesce(award_id, invitation_id)::text, gone FROM notify.items ORDER BY id"
            )
        )

    def deliveries(self) -> dict[str, str]:
        """The state of each delivery, by subject."""
        return _once(self.rows("SELECT subject::text, state FROM notify.deliveries"))

    def notices(self) -> dict[str, tuple[int, bool, bool]]:
        """Revision, standing, baseline of each award."""
        rows = self.rows("SELECT award_id::text, revision, standing, baseline FROM notify.notices")
        return {id: (revision, standing, baseline) for id, revision, standing, baseline in rows}


def _once(rows: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    listed = list(rows)
    state = dict(listed)
    assert len(state) == len(listed)
    return state
