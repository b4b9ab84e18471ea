"""A notifier that is killed while it works: everybody hears of each award, and once.

Awards, the same records once more, and revocations with their returns are published; the process
gets SIGKILL at random instants. `python -m tests.end_to_end.killed_notifier --kills 200 --awards
2000` runs it at any size, on parts started here, and prints figures.
"""

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from sqlalchemy import Engine

from directory.migrations import CHAIN as DIRECTORY
from engine.local import broker, database
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from notifier import unsubscribe
from notifier.migrations import CHAIN as NOTIFIER
from tests.end_to_end.deployment import wait_until
from tests.integration.notifier.broker import AwardsBroker
from tests.support.award_records import PROGRAM, revision_of
from tests.support.forked import ForkedProcess
from tests.support.mail_server import MailServer, mail_server

DOMAIN = "badges.example"
_MODULE = "tests.end_to_end.hurried_notifier"


@dataclass(frozen=True)
class NotifierFigures:
    """What happened. `revoked`: awards that are no longer held in the end; `mails`: as they
    arrived, of which `repeats` repeat an earlier one; `lost`: awards that are held, and of which no
    mail was sent. `goes_on`: seconds from a kill until something is written again."""

    kills: int
    awards: int
    records: int
    revoked: int
    items: int
    mails: int
    repeats: int
    lost: int
    goes_on_median: float
    goes_on_longest: float
    seconds: float


@dataclass
class NotifierRun:
    """One run: the parts, and what was published. `seed` fixes which records, and when to kill."""

    bootstrap: str
    url: str
    folder: Path
    mail: MailServer
    seed: int = 5

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.engine: Engine = connect(self.url, "test")
        for chain in (DIRECTORY, NOTIFIER):
            schema.migrate(self.engine, chain=chain)
        self.broker = AwardsBroker(self.bootstrap, self.engine)
        self.broker.create()
        self.key = self.folder / "token-key"
        self.key.write_text(unsubscribe.new_key())
        self.published = 0
        self.process: ForkedProcess | None = None

    def describe(self, people: int) -> None:
        """Give everybody an address."""
        with transaction(self.engine) as tx:
            tx.execute(
                "INSERT INTO directory.participants (program, participant, display_name, email, "
                'timezone, roles, active, told_at, lane, "offset", published_at) '
                "SELECT %s, 'p' || n, 'P ' || n, 'p' || n || '@example.org', 'UTC', '{}', true, "
                "now(), 0, 0, now() FROM generate_series(0, %s) n",
                PROGRAM, people - 1,
            )  # fmt: skip
            tx.execute(
                "INSERT INTO notify.preferences (program, participant, version, appearance, "
                "quiet_from, quiet_to) SELECT %s, 'p' || n, 1, 'auto', NULL, NULL "
                "FROM generate_series(0, %s) n",
                PROGRAM, people - 1,
            )  # fmt: skip

    def start(self) -> None:
        """Start the process."""
        environment = {
            "PATH": os.environ["PATH"],
            "KAFKA_BOOTSTRAP": self.bootstrap,
            "DATABASE_URL": self.url,
            "BADGE_ENGINE_AWARDS_TOPIC": self.broker.topic.name,
            "BADGE_ENGINE_SESSION_SECONDS": "3",
            "BADGE_ENGINE_LOG_FORMAT": "json",
            "BADGE_NOTIFIER_SMTP_URL": self.mail.url,
            "BADGE_NOTIFIER_FROM": f"recognition@{DOMAIN}",
            "BADGE_NOTIFIER_PUBLIC_URL": "https://badges.example",
            "BADGE_NOTIFIER_TOKEN_KEY_FILE": str(self.key),
            "BADGE_NOTIFIER_GRACE_SECONDS": "0.5",
        }
        log = self.folder / "notifier.log"
        log.touch()
        self.process = ForkedProcess(_MODULE, ["run", "--from-beginning"], environment, log)

    def kill(self) -> None:
        """SIGKILL."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)  # it may lead no group yet
        self.process.wait(30)

    def publish(self, awards: int, seconds: float) -> None:
        """Publish awards over some time: some twice, some revoked, some of those awarded again."""
        began = time.monotonic()
        for number in range(awards):
            who = f"p{number % max(1, awards // 4)}"
            revisions = self.random.choice([(1,), (1,), (1,), (1, 1), (1, 2), (1, 2, 3), (2, 1)])
            for revision in revisions:
                record = revision_of(
                    who, revision, occurrence=f"level {number}", at=datetime.now(UTC)
                )
                self.broker.publish(record, key=who.encode())
                self.published += 1
            behind = began + seconds * number / awards - time.monotonic()
            if behind > 0:
                time.sleep(behind)

    def written(self) -> int:
        """Grows with whatever the notifier does."""
        rows = self.broker.rows(
            "SELECT (SELECT coalesce(sum(next_offset), 0) FROM notify.cursors)::int "
            "+ (SELECT count(*) FROM notify.deliveries WHERE state <> 'waiting')::int"
        )
        return int(rows[0][0])

    def unsettled(self) -> int:
        """How many e-mails are not sent, dropped or failed."""
        rows = self.broker.rows(
            "SELECT count(*)::int FROM notify.deliveries "
            "WHERE state NOT IN ('sent', 'dropped', 'failed')"
        )
        return int(rows[0][0])


def run(parts: NotifierRun, kills: int, awards: int) -> NotifierFigures:
    """Kill and start the process so often while awards come. Fails if an award has two items or two
    deliveries, if one that is held was not mailed, or if more mails repeat than kills were."""
    began = time.monotonic()
    parts.describe(max(1, awards // 4))
    parts.start()
    wait_until(lambda: bool(parts.broker.rows("SELECT FROM notify.cursors")), 60)
    publishing = Thread(target=parts.publish, args=[awards, kills * 1.8])
    publishing.start()
    pauses: list[float] = []

    def ended() -> bool:
        return not publishing.is_alive()

    for _ in range(kills):
        time.sleep(parts.random.uniform(0.05, 0.8))
        parts.kill()
        killed, before = time.monotonic(), parts.written()
        parts.start()
        wait_until(lambda before=before: parts.written() > before or ended(), 60)  # type: ignore[misc]
        if not ended():
            pauses.append(time.monotonic() - killed)
    publishing.join()
    parts.broker.read(120)
    wait_until(lambda: parts.unsettled() == 0, 120)
    parts.kill()
    return _checked(parts, kills, awards, pauses, time.monotonic() - began)


def _checked(
    parts: NotifierRun, kills: int, awards: int, pauses: list[float], seconds: float
) -> NotifierFigures:
    deliveries = parts.broker.rows(
        "SELECT n.award_id::text, n.standing, d.state, d.bundle::text, d.message_id "
        "FROM notify.notices n LEFT JOIN notify.deliveries d ON d.subject = n.award_id"
    )
    items = parts.broker.rows(
        "SELECT count(*)::int, count(DISTINCT award_id)::int FROM notify.items"
    )
    assert len(deliveries) == awards
    assert items[0][0] == items[0][1]
    arrived = Counter(each.id for each in parts.mail.arrived)
    expected = {row[4] for row in deliveries if row[2] == "sent"}
    assert expected <= arrived.keys(), "a mail that counts as sent has not arrived"
    assert all(id.endswith(f".email@{DOMAIN}>") for id in arrived)
    lost = [row for row in deliveries if row[1] and row[2] != "sent"]
    assert lost == [], lost[:3]
    _check_one_mail_an_award(deliveries)
    repeats = sum(arrived.values()) - len(arrived)
    assert repeats <= kills
    ordered = sorted(pauses) or [0.0]
    return NotifierFigures(
        kills=kills,
        awards=awards,
        records=parts.published,
        revoked=sum(not row[1] for row in deliveries),
        items=items[0][0],
        mails=sum(arrived.values()),
        repeats=repeats,
        lost=len(lost),
        goes_on_median=round(ordered[len(ordered) // 2], 2),
        goes_on_longest=round(ordered[-1], 2),
        seconds=round(seconds, 1),
    )


def _check_one_mail_an_award(deliveries: list[tuple[object, ...]]) -> None:
    """Each bundle is one message, named after the smallest of its awards."""
    bundles: dict[object, set[str]] = {}
    names: dict[object, object] = {}
    for award_id, _, state, bundle, message_id in deliveries:
        if state == "sent":
            bundles.setdefault(bundle, set()).add(str(award_id))
            assert names.setdefault(bundle, message_id) == message_id
    assert len(set(names.values())) == len(names)


@contextmanager
def prepared(bootstrap: str, url: str, folder: Path) -> Iterator[NotifierRun]:
    """A run with a mail server, whose process is killed in the end."""
    with mail_server() as mail:
        parts = NotifierRun(bootstrap, url, folder, mail)
        try:
            yield parts
        finally:
            if parts.process is not None:
                parts.kill()
            parts.engine.dispose()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.end_to_end.killed_notifier", description=__doc__
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--awards", type=int, default=2_000)
    arguments = parser.parse_args()
    with broker(None) as kafka, database(None) as postgres, tempfile.TemporaryDirectory() as folder:
        engine = connect(postgres.url, "test")
        schema.migrate(engine)
        engine.dispose()
        with prepared(kafka.bootstrap, postgres.url, Path(folder)) as parts:
            figures = run(parts, arguments.kills, arguments.awards)
    for name, value in asdict(figures).items():
        print(f"{name:>16}  {value:,}")


if __name__ == "__main__":
    main()
