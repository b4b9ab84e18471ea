"""The log of the cursors: every committed step once, and never in the engine's way."""

import uuid

import psycopg
import pytest

from tests.integration.handlers.harness import TOPIC, Harness
from tests.support.given import meeting
from tests.verification.checker.address import libpq
from tests.verification.checker.check import check
from tests.verification.checker.collect import collect_desk
from tests.verification.checker.cursor_log import install
from tests.verification.checker.database import read_database
from tests.verification.checker.tables import CursorStep
from tests.verification.oracle.histories import NOW, PRIVATE


def steps(harness: Harness) -> list[CursorStep]:
    """What is logged of partition 0."""
    found = read_database(harness.url, TOPIC, PRIVATE).steps
    assert found is not None
    return [step for step in found if step.partition == 0]


def test_each_committed_batch_is_one_step_with_what_it_accounts_for(clear_desk: Harness) -> None:
    clear_desk.tell(meeting("m1", "ann"), b"nonsense")
    clear_desk.take(clear_desk.batch(meeting("m2", "ann"), holes=[0]))

    made, first, second = steps(clear_desk)
    assert (made.before, made.after) == (None, 0)
    assert (first.before, first.after, first.accounted) == (0, 2, 2)
    assert (second.before, second.after, second.accounted) == (2, 4, 2)
    assert made.at <= first.at <= second.at


def test_what_was_given_up_is_told_apart(clear_desk: Harness) -> None:
    with clear_desk.transaction() as tx:
        tx.execute("UPDATE cursors SET next_offset = 7, lost = lost + 7 WHERE partition = 0")

    _, step = steps(clear_desk)
    assert (step.before, step.after, step.accounted, step.lost) == (0, 7, 7, 7)


def test_a_batch_that_is_rolled_back_is_no_step(clear_desk: Harness) -> None:
    with psycopg.connect(libpq(clear_desk.url)) as connection:
        connection.execute("UPDATE cursors SET next_offset = next_offset + 1 WHERE partition = 0")
        connection.rollback()

    assert len(steps(clear_desk)) == 1


def test_a_log_that_cannot_be_written_fails_nobody_and_shows_as_a_gap(clear_desk: Harness) -> None:
    def rename(one: str, other: str) -> None:
        with clear_desk.transaction() as tx:
            tx.execute(f"ALTER TABLE checker.{one} RENAME TO {other}")

    rename("cursor_log", "away")
    try:
        clear_desk.tell(meeting("m1", "ann"))
    finally:
        rename("away", "cursor_log")
    clear_desk.tell(meeting("m2", "ann"))

    assert clear_desk.cursors()[0].next_offset == 2
    seen = collect_desk(clear_desk.url, [], [], [], NOW, export=lambda *_: [])
    (gap, *_) = (v for v in check(seen, needed=()) if v.invariant == "I8")
    assert gap.what.endswith("begins at 1, the one before left it at 0")


def test_whoever_may_write_cursors_is_logged_without_rights_of_their_own(
    clear_desk: Harness,
) -> None:
    role = f"engine_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(libpq(clear_desk.url), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role}")
        try:
            connection.execute(f"GRANT SELECT, UPDATE ON cursors TO {role}")
            connection.execute(f"SET ROLE {role}")
            connection.execute("UPDATE cursors SET next_offset = 9 WHERE partition = 0")
        finally:
            connection.execute("RESET ROLE")
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")

    assert steps(clear_desk)[-1].after == 9


def test_a_cursor_set_aside_under_another_name_is_a_step_too(clear_desk: Harness) -> None:
    with clear_desk.transaction() as tx:
        tx.execute("UPDATE cursors SET topic = 'old' WHERE partition = 0")

    assert steps(clear_desk)[-1].after is None


def test_installing_twice_logs_once(clear_desk: Harness) -> None:
    install(clear_desk.url)

    clear_desk.tell(meeting("m1", "ann"))

    assert len(steps(clear_desk)) == 2


def test_there_is_nothing_to_log_before_the_tables_are_there(database_url: str) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        install(database_url)
