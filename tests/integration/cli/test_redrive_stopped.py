"""A redrive of many, stopped in the middle and run again, does the rest, and nothing twice."""

import os
import re
import signal
import subprocess
import sys

import pytest
from sqlalchemy import Engine

from engine.handlers.policy import IntakePolicy
from engine.store.cursors import cursors
from engine.store.cursors.cursors import REDRIVE_LANE
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import NOW, TOPIC, tell_all
from tests.integration.cli.refused import listed
from tests.integration.local.processes import wait_until
from tests.support.given import meeting

MANY = 300
REDRIVE = ("dead-letters", "redrive", "--all", "--now", "2027-02-01T00:00:00Z")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "SIGKILL"])
def test_stopped_in_the_middle_and_run_again_each_is_taken_in_once(
    store: Engine, badge_engine: Command, how: signal.Signals
) -> None:
    unread = (meeting(f"f{n}", f"p{n % 9}", at="2027-01-01T00:00:00Z") for n in range(MANY))
    tell_all(store, unread, terms=IntakePolicy(lambda: NOW, refusal_limit=None))
    process = subprocess.Popen(
        [sys.executable, "-m", "engine.cli.main", *REDRIVE],
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: _taken_in(store) > 20)
    process.send_signal(how)
    out, err = process.communicate(timeout=60)
    done = _taken_in(store)
    assert 20 < done < MANY, "it was not stopped in the middle"
    assert len(listed(badge_engine)) == MANY - done
    if how == signal.SIGINT:
        assert process.returncode == 1
        assert f"{done} accepted, 0 refused again" in out
        assert re.search(rf"stopped \(KeyboardInterrupt\) after {done} of {MANY}", err)

    assert badge_engine(*REDRIVE).out == f"{MANY - done} accepted, 0 refused again\n"

    assert listed(badge_engine) == []
    assert _taken_in(store) == MANY
    with transaction(store) as tx:
        assert tx.rows("SELECT count(*) FROM ledger") == [(MANY,)]


def _taken_in(store: Engine) -> int:
    with transaction(store) as tx:
        lane = cursors.read(tx, TOPIC).get(REDRIVE_LANE)
    return lane.counts.applied if lane is not None else 0
