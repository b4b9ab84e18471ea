"""A generation's tables come and go beside workers and readers: nobody waits for them for long."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from engine.store.facts import ledger
from engine.store.generations import live
from engine.store.postgres.connection import Transaction, connect, transaction
from engine.store.projections import chunks, tables
from replay.build import build, plan
from replay.build.build import NotBuildable
from replay.switch import cleanup, rollback
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.command import replay
from tests.integration.replay.rebuilt import approved, cut_over, planned, ready
from tests.support.given import meeting


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep gives up sooner."""
    monkeypatch.setattr(cleanup, "_PATIENCE", "50ms")
    monkeypatch.setattr(cleanup, "_PAUSE_SECONDS", 0)


@contextmanager
def _meanwhile(harness: Harness, *statements: str) -> Iterator[Transaction]:
    """Somebody else, whose transaction stays open."""
    engine = connect(harness.url, "somebody else")
    with transaction(engine) as tx:
        for statement in statements:
            tx.rows(statement)
        yield tx
    engine.dispose()


def _there(harness: Harness, number: int) -> set[str]:
    names = tables.PROJECTIONS + tables.OF_A_BUILD
    with harness.transaction() as tx:
        return {name.rpartition("_")[0] for name in tables.there(tx, number, names)}


def test_a_plan_waits_for_no_reader_and_no_writer(harness: Harness) -> None:
    """Given somebody who has read the tables of all generations, and a batch that has written, both
    still open, when a generation is planned, then it does not wait."""
    harness.tell(*meetings(1, 5))
    reads = [f"SELECT count(*) FROM {name}" for name in tables.PROJECTIONS + tables.OF_A_BUILD]
    writes = "UPDATE measures SET version = version RETURNING 1"
    with _meanwhile(harness, *reads, writes), harness.transaction() as tx:
        tx.execute("SET LOCAL lock_timeout = '1s'")
        plan.plan(tx, bronze_at(4), None)


def test_while_a_plan_is_open_workers_go_on(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    with harness.transaction() as tx:
        plan.plan(tx, bronze_at(4), None)
        with _meanwhile(harness) as other:
            other.execute("SET LOCAL lock_timeout = '1s'")
            for name in tables.PROJECTIONS + tables.OF_A_BUILD:
                other.rows(f"SELECT count(*) FROM {name}")
            other.execute("DELETE FROM measures")


def test_a_plan_counts_the_ledger_before_it_locks_anything(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    size, held = ledger.size, "SELECT mode FROM pg_locks WHERE pid = pg_backend_pid()"

    def counted(tx: Transaction) -> int:
        modes = {mode for (mode,) in tx.rows(held)}
        assert modes <= {"AccessShareLock", "RowShareLock", "ExclusiveLock"}, modes
        return size(tx)

    harness.tell(*meetings(1, 5))
    monkeypatch.setattr(ledger, "size", counted)
    assert planned(harness, bronze_at(4))


def test_the_tables_of_a_generation_are_as_if_made_as_partitions(harness: Harness) -> None:
    """Given a generation's tables, then indexes, their names and the room in pages are as those of
    CREATE TABLE … PARTITION OF."""
    number = planned(harness, bronze_at(4))
    with harness.transaction() as tx:
        for table in tables.PROJECTIONS + tables.OF_A_BUILD:
            own = tables.of(table, number)
            (fill,) = tx.rows("SELECT reloptions FROM pg_class WHERE relname = %s", own)
            found = tx.rows(_INDEXES, own)
            columns = tx.rows(_COLUMNS, own)
            tx.execute(f"DROP TABLE {own}")
            tx.execute(
                f"CREATE TABLE {own} PARTITION OF {table} FOR VALUES IN ({number}) "
                f"WITH ({fill[0][0]})"
            )
            assert found == tx.rows(_INDEXES, own) != []
            assert columns == tx.rows(_COLUMNS, own)


_INDEXES = (
    "SELECT indexname, indexdef, i.relispartition FROM pg_indexes x "
    "JOIN pg_class i ON i.relname = x.indexname WHERE x.tablename = %s ORDER BY 1"
)
_COLUMNS = (
    "SELECT column_name, data_type, is_nullable, column_default, collation_name "
    "FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"
)


def test_a_cutover_waits_for_nobody_who_reads_the_diff(harness: Harness) -> None:
    """Given somebody who reads the diff, when it is cut over, then it is live; what the build
    needed is dropped by the next plan."""
    harness.tell(*meetings(1, 5))
    number = approved(harness, bronze_at(4))
    with _meanwhile(harness, f"SELECT count(*) FROM computed_{number}"):
        cut_over(harness, number)
        assert rebuilt.status(harness, number) == "live"
        assert _there(harness, number) == {*tables.PROJECTIONS, "computed"}
    replay(harness, "plan", "--catalog", "mentorloop")
    assert _there(harness, number) == set(tables.PROJECTIONS)


def test_a_cutover_waits_for_no_build_of_another_program(harness: Harness) -> None:
    harness.tell(*meetings(1, 5), meeting("o1", "ann", at=1, program_id="other"))
    number = approved(harness, bronze_at(4), "program")
    other = planned(harness, bronze_at(4), "other")
    build.start(harness.engine, other)
    with _meanwhile(harness) as tx:
        (chunk,) = chunks.left(tx, other, "places")
        build.fold(tx, live.Generations(), other, chunk)
        cut_over(harness, number)
    assert rebuilt.status(harness, number) == "live"
    rebuilt.build(harness, other)


def test_what_somebody_reads_is_retired_and_dropped_by_the_next(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    number = ready(harness, bronze_at(4))
    with _meanwhile(harness, f"SELECT count(*) FROM measures_{number}"):
        assert rollback.retire(harness.engine, number).status == "dropped"
        assert _there(harness, number) == {"measures"}
    other = planned(harness, bronze_at(3))
    rollback.retire(harness.engine, other)
    assert _there(harness, number) == _there(harness, other) == set()


def test_what_is_retired_while_it_is_built_ends_the_build_in_words(harness: Harness) -> None:
    harness.tell(*meetings(1, 5))
    number = planned(harness, bronze_at(4))
    steps = build.build(harness.engine, harness.url, number, processes=1)
    next(steps)
    rollback.retire(harness.engine, number)
    with pytest.raises(NotBuildable, match=f"generation {number} is dropped"):
        list(steps)
