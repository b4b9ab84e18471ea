"""SIGKILL at moments of a build, a cutover and a rollback.

At any size: `python -m tests.integration.replay.killed`.

After each kill the live generation is whole: the old one or the new one, by its digest. Whatever
was killed is run again, until it is through, and comes to what it comes to undisturbed.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from random import Random

from engine.local.embedded_postgres import embedded_postgres
from engine.store.generations import replays
from replay.switch import rollback
from tests.integration.handlers.harness import Harness
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.command import ROOT
from tests.support.given import MENTORLOOP
from tests.verification.oracle.histories import history


@dataclass
class ReplayKillFigures:
    """`killed`: how often each command was."""

    killed: dict[str, int] = field(default_factory=dict)
    rounds: int = 0


def run(harness: Harness, random: Random, kills: int, events: int) -> ReplayKillFigures:
    """Rounds of build, cutover and rollback, until so many kills have happened. Fails if live
    projections are ever anything but the old ones or the new ones."""
    figures = ReplayKillFigures()
    harness.tell(*history(random.randrange(1000), events, loops=12, conflicts=False))
    harness.hear()
    old = rebuilt.digest(harness)
    while sum(figures.killed.values()) < kills:
        figures.rounds += 1
        number = rebuilt.planned(harness, bronze_at(3))
        _until_done(harness, random, figures, [old], "build", number)
        rebuilt.check(harness, number, bronze_at(3))
        rebuilt.approve(harness, number)
        with harness.transaction() as tx:
            new = replays.get(tx, number).details["verified"]["digest"]
        _until_done(harness, random, figures, [old, new], "cutover", number)
        assert rebuilt.digest(harness) == new
        gained = _said(harness)
        _until_done(harness, random, figures, [new, old], "rollback", number)
        assert rebuilt.digest(harness) == old
        assert _said(harness) == {award: not earned for award, earned in gained.items()}
        for earlier in _replaced(harness):
            rollback.retire(harness.engine, earlier)
    return figures


def _until_done(
    harness: Harness,
    random: Random,
    figures: ReplayKillFigures,
    allowed: list[str],
    command: str,
    number: int,
) -> None:
    """Run a command, killed at a random moment, again and again until it is through."""
    for tried in range(50):
        process = subprocess.Popen(
            [sys.executable, "-m", "replay.cli", command, str(number)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": harness.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            # Starting Python takes a second; the work itself less.
            said, _ = process.communicate(timeout=random.uniform(0.5, 4 + tried))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            figures.killed[command] = figures.killed.get(command, 0) + 1
            _wait_for_backends(harness)
            assert rebuilt.digest(harness) in allowed, f"{command} was killed: live is neither"
            continue
        through = (b" is live", b"nothing to build", b" is replaced")  # killed after its commit
        done = process.returncode == 0 or any(words in said for words in through)
        assert done, said.decode()
        return
    raise AssertionError(f"{command} was never let through")


def _wait_for_backends(harness: Harness) -> None:
    """Until PostgreSQL has noticed that the client is gone."""
    deadline = time.monotonic() + 30
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'badge-replay'"
    while harness.rows(query) != [(0,)]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _said(harness: Harness) -> dict[str, bool]:
    """What was said since: awards, each once, and whether it was earned."""
    heard = harness.hear()
    found = {item.data["award_id"]: item.type.endswith("awarded.v1") for item in heard}
    assert len(found) == len(heard)
    return found


def _replaced(harness: Harness) -> list[int]:
    with harness.transaction() as tx:
        return [replay.id for replay in replays.every(tx) if replay.status == "replaced"]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.integration.replay.killed", description=__doc__
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with embedded_postgres() as postgres:
        harness = Harness(postgres.url, MENTORLOOP)
        figures = run(harness, Random(given.seed), given.kills, given.events)
    killed = ", ".join(f"{command} {times}" for command, times in figures.killed.items())
    print(f"{figures.rounds} rounds; killed: {killed}; always the old or the new, whole")


if __name__ == "__main__":
    main()
