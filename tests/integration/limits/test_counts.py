"""What an event costs PostgreSQL, held to what it costs today: statements, rows, bytes.

Counts, not seconds, so that it cannot flake; `python -m benchmarks.growth` measures seconds. The
histories are seeded, so the same events ask for the same every time. All numbers are upper bounds:
whoever gets by with less may lower them. BEGIN and COMMIT are not counted.
"""

import pytest

from benchmarks.load import Load
from tests.integration.handlers.harness import Harness
from tests.integration.limits.counting import WARM_UP, Taken, taken

EVENTS = 2_000
LOOPS = 500

# Statements and COPYs of a transaction. Today 31; 33 in the history of few loops, where the places
# of some people are read once more, for badges of the loop that ask for one of the program. Three
# of them are for keys that notes are sealed to: read, made for new recipients, read again.
STATEMENTS = 33
# As many more where facts are retracted: their messages and their people's places are forgotten,
# proofs put right, kept awards looked for. Today 9.
OF_RETRACTIONS = 9
# As many more where records are refused, for their signals. Today 2: into the outbox, and NOTIFY.
OF_REFUSALS = 2
# All that may grow with partitions: for each where a record is refused. Today 3: which catalog
# refused it (2), and COPY of its dead letters. A partition without refusals costs none.
OF_A_REFUSING_PARTITION = 3

# Rows inserted, changed or deleted for each new fact, of the tables that grow with them, by the
# number of loops: in each of 500 about 4 facts of a transaction, in each of 5,000 hardly one.
# Today, in this order: 1 exactly, 0.372, 0.267, 0.150, 0.063, 0.047, 0.058; and 1 exactly, 0.235,
# 0.825, 0.177, 0.063, 0.062, 1.088. Every place that gets a fact is written, also where none of
# them counts: otherwise a retraction in flight would miss the fact.
ROWS = {
    LOOPS: {
        "ledger": 1.0,
        "awards": 0.38,
        "measures": 0.27,
        "people": 0.16,
        "messages": 0.065,
        "note_keys": 0.05,
        "participation": 0.06,
    },
    10 * LOOPS: {
        "ledger": 1.0,
        "awards": 0.24,
        "measures": 0.84,
        "people": 0.18,
        "messages": 0.065,
        "note_keys": 0.065,
        "participation": 1.12,
    },
}
# Rows in a transaction of the others, whatever it takes in: each partition's cursor, and what is
# to be said on a topic.
ROWS_OF_A_TRANSACTION = {"cursors": 12, "outbox": 1}

ROW_BYTES = 316.0  # of a fact's row in the ledger; today 312.7
INDEX_BYTES = 80.0  # of a fact in the ledger's indexes; today 62.7, with another one 83
LEDGER_BYTES = 480.0  # of a fact in all; today 401, with the room left in pages
WAL_BYTES = 1_000.0  # of write-ahead log for an event; today 833


def _taken(harness: Harness, events: int = EVENTS, partitions: int = 12, **of_load: float) -> Taken:
    harness.clear()
    values = {"seed": 7, "loops": LOOPS, "events": WARM_UP + events, **of_load}
    return taken(harness, Load(**values), partitions)  # type: ignore[arg-type]


def test_a_transaction_is_as_many_statements_however_much_it_takes_in(harness: Harness) -> None:
    some = _taken(harness)
    more = _taken(harness, events=2 * EVENTS)
    assert some.events == EVENTS
    assert more.events == 2 * EVENTS
    assert some.statements.total() <= STATEMENTS, some.statements
    assert more.statements.total() <= STATEMENTS, more.statements


@pytest.mark.parametrize("loops", [50, 5_000])
def test_loops_make_no_more_statements(harness: Harness, loops: int) -> None:
    found = _taken(harness, loops=loops)
    assert found.statements.total() <= STATEMENTS, found.statements


@pytest.mark.parametrize("programs", [1, 20])
def test_programs_make_no_more_statements(harness: Harness, programs: int) -> None:
    found = _taken(harness, programs=programs)
    assert found.statements.total() <= STATEMENTS, found.statements


def test_partitions_make_no_more_statements(harness: Harness) -> None:
    one, twelve = _taken(harness, partitions=1), _taken(harness, partitions=12)
    assert one.statements.total() <= STATEMENTS, one.statements
    assert twelve.statements == one.statements


def test_groups_make_no_more_statements(harness: Harness) -> None:
    found = _taken(harness, groups=0.3, group_size=30)
    assert found.statements.total() <= STATEMENTS, found.statements


@pytest.mark.parametrize("events", [EVENTS, 2 * EVENTS])
def test_retractions_make_so_many_more_statements(harness: Harness, events: int) -> None:
    found = _taken(harness, events=events, retractions=0.05)
    assert found.statements.total() <= STATEMENTS + OF_RETRACTIONS, found.statements


@pytest.mark.parametrize("partitions", [1, 12])
@pytest.mark.parametrize("events", [EVENTS, 2 * EVENTS])
def test_refusals_make_some_more_statements_in_each_partition(
    harness: Harness, events: int, partitions: int
) -> None:
    found = _taken(harness, events=events, partitions=partitions, bad=0.05)
    assert found.refusing == partitions
    grown = OF_REFUSALS + OF_A_REFUSING_PARTITION * found.refusing
    assert found.statements.total() <= STATEMENTS + grown, found.statements


@pytest.mark.parametrize("loops", ROWS)
def test_a_fact_is_so_many_rows(harness: Harness, loops: int) -> None:
    found = _taken(harness, loops=loops)
    assert found.rows["ledger"] == found.facts
    most = {
        name: share * found.facts for name, share in ROWS[loops].items()
    } | ROWS_OF_A_TRANSACTION
    assert {name: n for name, n in found.rows.items() if n > most.get(name, 0)} == {}


def test_what_is_told_again_is_no_row(harness: Harness) -> None:
    found = _taken(harness, duplicates=1.0)  # but of nothing at the very first
    assert found.facts == 0
    assert found.rows.keys() <= {"cursors"}


def test_a_fact_is_so_many_bytes_of_the_ledger(harness: Harness) -> None:
    _taken(harness)
    ((facts, row, indexes, whole),) = harness.rows(
        "SELECT count(*), avg(pg_column_size(l))::float8, pg_indexes_size('ledger'), "
        "pg_total_relation_size('ledger') FROM ledger l"
    )
    assert row <= ROW_BYTES
    assert indexes / facts <= INDEX_BYTES
    assert whole / facts <= LEDGER_BYTES


def test_an_event_is_so_many_bytes_of_write_ahead_log(harness: Harness) -> None:
    # Twice: after a checkpoint pages are logged whole, but none comes twice in so short a time.
    least = min(_taken(harness).wal_bytes for _ in range(2)) / EVENTS
    assert least <= WAL_BYTES
