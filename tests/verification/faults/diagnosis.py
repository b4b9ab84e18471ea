"""The state when the engine does not go on: what is not processed or not published, who waits for
whom in the database, and the last words of each worker."""

from collections.abc import Iterator

import psycopg
from sqlalchemy import make_url

from tests.verification.faults.fleet import state_of
from tests.verification.faults.stage import FaultStage

_LINES = 6

_QUESTIONS = {
    "cursors": "SELECT partition, next_offset, halted FROM cursors ORDER BY partition",
    "outbox": "SELECT topic, count(*), min(id), sum(messages) FROM outbox GROUP BY topic",
    "sessions": """
        SELECT pid, application_name, state, wait_event, now() - xact_start, now() - state_change,
               pg_blocking_pids(pid), left(query, 80)
        FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()""",
    "advisory locks": """
        SELECT pid, classid::bigint, objid::bigint, granted FROM pg_locks
        WHERE locktype = 'advisory'""",
}


def diagnosis(stage: FaultStage) -> str:
    """For readers of the run's output."""
    return "\n".join(f"    | {line}" for line in (*_database(stage), *_workers(stage)))


def _database(stage: FaultStage) -> Iterator[str]:
    url = make_url(stage.deployment.database).set(drivername="postgresql")
    try:
        with psycopg.connect(url.render_as_string(False), connect_timeout=5) as connection:
            for name, question in _QUESTIONS.items():
                for row in connection.execute(question).fetchall():
                    yield f"{name}: {', '.join(map(str, row))}"
    except psycopg.Error as error:
        yield f"the database does not say: {error!r}"


def _workers(stage: FaultStage) -> Iterator[str]:
    for slot in stage.fleet.slots:
        yield f"{slot.name}: process {slot.pid}, state {state_of(slot.pid) or 'gone'}"
        for line in slot.worker.logged().splitlines()[-_LINES:]:
            yield f"  {line[:300]}"
