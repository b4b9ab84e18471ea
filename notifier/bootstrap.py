"""The one place that wires the notifier: settings to a reader, a sender, probes and tables."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from prometheus_client.core import Metric
from sqlalchemy import Engine

from engine.metrics_reader import MetricsReader
from engine.observability import logger
from engine.probes import Readiness
from engine.sole_reader import progress
from engine.sole_reader.reader import SoleReader
from engine.store.postgres import network, schema, state
from engine.store.postgres.connection import connected, transaction
from notifier import metrics, status
from notifier.intake import feed
from notifier.intake.topic import awards_topic
from notifier.migrations import CHAIN
from notifier.reminders import Reminders
from notifier.rules.telling import TellingOptions
from notifier.settings import NotifierSettings
from notifier.status import NotifierStatus
from notifier.store import tidying, waiting

if TYPE_CHECKING:
    from notifier.channels.email.sender import EmailSender

log = logger(__name__)

_A_MINUTE = "60s"


class NotifierProcess:
    """Reads, reminds and sends, each in a thread; ends when it is stopped, or when one fails."""

    def __init__(
        self, reader: SoleReader, reminders: Reminders, sender: "EmailSender | None"
    ) -> None:
        self._reader = reader
        self._workers: list[Reminders | EmailSender] = [reminders]
        if sender is not None:
            self._workers.append(sender)

    def stop(self) -> None:
        """Ask `run` to return after the batch and the e-mail at work."""
        self._reader.stop()
        for each in self._workers:
            each.stop()

    def run(self) -> None:
        """Run until stopped."""
        if len(self._workers) == 1:
            log.info("no mail server is named, so nothing is sent by e-mail")
        with ThreadPoolExecutor(len(self._workers), "notifier") as threads:
            running = [threads.submit(each.run) for each in self._workers]
            for each in running:
                each.add_done_callback(lambda _: self._reader.stop())
            try:
                self._reader.run()
            finally:
                self.stop()
            for each in running:
                each.result()


@contextmanager
def process(settings: NotifierSettings, *, from_beginning: bool) -> Iterator[NotifierProcess]:
    """What `run` runs; the settings were checked. `from_beginning`: at the very first start, people
    are notified also of what was announced before it.

    Raises:
        SettingsError, DatabaseUnreachable (an address that cannot be read)
    """
    silent = settings.engine.session_seconds
    session = {"jit": "off", "statement_timeout": _A_MINUTE, **network.server_keepalives(silent)}
    with _engine(settings, "badge-notifier", session) as engine:
        telling = TellingOptions(settings.sends_email, settings.grace, settings.old)
        reader = feed.feed(
            engine,
            awards_topic(settings.engine),
            telling,
            settings.now,
            from_beginning=from_beginning,
            silent_seconds=silent,
        )
        reminders = Reminders(engine, settings.now, by_email=settings.sends_email)
        yield NotifierProcess(reader, reminders, _sender(engine, settings))


def look(settings: NotifierSettings) -> NotifierStatus:
    """How far the notifier has read, and how its e-mails are.

    Raises:
        DatabaseUnreachable, SchemaMissing, KafkaAway, TopicAbsent, SettingsError
    """
    topic = awards_topic(settings.engine)
    with _engine(settings, "badge-notifier-status", {}) as engine, transaction(engine) as tx:
        schema.check(engine, CHAIN)
        return status.look(tx, topic, settings.now())


def tidy(settings: NotifierSettings) -> dict[str, int]:
    """Delete what is of no more use; gives how many rows, by table.

    Raises:
        DatabaseUnreachable, SchemaMissing, SettingsError
    """
    with _engine(settings, "badge-notifier-tidy", {}) as engine, transaction(engine) as tx:
        schema.check(engine, CHAIN)
        return tidying.tidy(tx, settings.now())


@contextmanager
def metrics_read(settings: NotifierSettings) -> Iterator[tuple[MetricsReader, MetricsReader]]:
    """What /metrics of the process reads when it is asked."""
    topic = awards_topic(settings.engine)
    with _engine(settings, "badge-notifier-metrics", {"statement_timeout": "3s"}) as engine:

        def read_lag() -> Sequence[Metric]:
            with transaction(engine) as tx:
                return metrics.of_progress(progress.look(tx, "notify", topic))

        def read() -> Sequence[Metric]:
            now = settings.now()
            with transaction(engine) as tx:
                return metrics.of_deliveries(waiting.due(tx, now), waiting.bursts(tx, now))

        yield MetricsReader("notifier", read), MetricsReader("notifier_lag", read_lag)


@contextmanager
def readiness(settings: NotifierSettings) -> Iterator[Readiness]:
    """What /readyz of the process says: database and schema are needed; a broker that is away is
    waited for."""
    topic = awards_topic(settings.engine)
    with _engine(settings, "badge-notifier-probes", {"statement_timeout": "3s"}) as engine:
        checks = {
            "database": lambda: state.of_database(engine),
            "schema": lambda: state.of_schemas((engine, CHAIN)),
            "kafka": topic.state,
        }
        yield Readiness(checks, needed=("database", "schema"))


def _sender(engine: Engine, settings: NotifierSettings) -> "EmailSender | None":
    if not settings.sends_email:
        return None
    # Libraries that a notifier without e-mail needs not.
    from notifier.channels.email import options
    from notifier.channels.email.sender import EmailSender

    return EmailSender(engine, options.of(settings), settings.now)


def _engine(
    settings: NotifierSettings, application: str, session: dict[str, str]
) -> AbstractContextManager[Engine]:
    silence = settings.engine.database_silence_seconds
    return connected(settings.database, application, session, silence)
