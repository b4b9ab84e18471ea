"""Sends what is due, one message at a time, until stopped.

Before the first byte of a message leaves, it is committed that it is being sent and under which id.
A process that is killed then leaves it in doubt: after its lease the message is sent once more
under the same id, so that none is lost, and mail stores show it once.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import get_args

from sqlalchemy import Engine

from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES, OutageLog
from engine.store.postgres import schema
from engine.store.postgres.connection import Transaction, transaction
from engine.tracebacks import described
from notifier import metrics
from notifier.channels.email.message import BadAddress, compose, domain_of
from notifier.channels.email.options import EmailOptions
from notifier.channels.email.outgoing import OutgoingMail, OutgoingMessage
from notifier.channels.email.smtp import SECONDS, Outcome, Reply, SmtpAway, SmtpSession
from notifier.migrations import CHAIN
from notifier.rules.sending import retry_at
from notifier.store import bad_addresses, case_news, due_deliveries, due_matters

log = logger(__name__)
SERVER_AWAY = "server-away"

# From the start: Prometheus does not notice the first increase of what was not there before.
for _outcome in (SERVER_AWAY, *get_args(Outcome)):
    metrics.DELIVERIES.labels("email", _outcome)

_POLL_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 15.0


class EmailSender:
    """Sends e-mails that are due; waits for a database or a mail server that is not there. `now`:
    the clock that decides what is due. Any number of processes may send."""

    def __init__(
        self,
        engine: Engine,
        options: EmailOptions,
        now: Callable[[], datetime],
        seconds: float = SECONDS,
    ) -> None:
        self._engine = engine
        self._options = options
        self._now = now
        self._seconds = seconds
        self._mail = OutgoingMail(options)
        self._outage = OutageLog("e-mails wait", "e-mails go again")
        self._stop = threading.Event()
        self._checked = False

    def stop(self) -> None:
        """Ask `run` to return after the message at work."""
        self._stop.set()

    def run(self) -> None:
        """Send until stopped."""
        pause = _POLL_SECONDS
        local = domain_of(self._options.sender)
        with SmtpSession(self._options.smtp, local, self._seconds) as session:
            while not self._stop.is_set():
                try:
                    self._check_schema()
                    while not self._stop.is_set() and self.send_one(session):
                        pause = _POLL_SECONDS
                    session.rest()
                    self._outage.over()
                    pause = _POLL_SECONDS
                except SmtpAway as error:
                    metrics.DELIVERIES.labels("email", SERVER_AWAY).inc()
                    self._outage.met(error)
                    pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
                except DATABASE_OUTAGES as error:
                    self._checked = False
                    self._outage.met(error)
                self._stop.wait(pause)

    def _check_schema(self) -> None:
        if not self._checked:
            with transaction(self._engine):
                pass  # an address that does not answer says so here, in words
            schema.check(self._engine, CHAIN)
            self._checked = True

    def send_one(self, session: SmtpSession) -> bool:
        """Decide about somebody's e-mails that are due, and send them; False if nothing is due.

        Nothing is decided while the mail server is away: then nothing has to be tried again, and
        what is sent later is what is right then.

        Raises:
            SmtpAway, and what DATABASE_OUTAGES lists
        """
        with transaction(self._engine) as tx:
            case_news.take_up(tx, self._now(), self._options.old)
            if not due_deliveries.is_any_due(tx, self._now()):
                return False
        session.connect()
        with transaction(self._engine) as tx:
            now = self._now()
            locked = due_deliveries.lock(tx, now)
            if locked is None:
                return False  # another process has it
            outgoing = self._mail.of(tx, *locked, now)
        if outgoing is not None:
            began = time.perf_counter()
            reply = self._handed_over(outgoing, session)
            metrics.DELIVERY_SECONDS.labels("email").observe(time.perf_counter() - began)
            self._settle(outgoing, reply)
        return True

    def _handed_over(self, outgoing: OutgoingMessage, session: SmtpSession) -> Reply:
        if outgoing.again:
            log.warning("sending once more what may have been sent", bundle=outgoing.bundle)
        envelope = outgoing.envelope
        try:
            message = compose(outgoing.letter, envelope).as_bytes()
            return session.send(envelope.sender, envelope.recipient, message)
        except BadAddress as error:
            return Reply("address", str(error))
        except SmtpAway as error:
            return Reply("later", str(error))
        except Exception as error:
            # One letter that cannot be made must not keep all others back.
            log.error("an e-mail cannot be made", bundle=outgoing.bundle, error=described(error))
            return Reply("later", type(error).__name__)

    def _settle(self, outgoing: OutgoingMessage, reply: Reply) -> None:
        """Write down how it went. A database that is away meanwhile is waited for: what is not
        written down would be sent again."""
        while True:
            try:
                with transaction(self._engine) as tx:
                    self._write_down(tx, outgoing, reply)
                break
            except DATABASE_OUTAGES as error:
                self._outage.met(error)
                if self._stop.wait(_POLL_SECONDS):
                    return
        metrics.DELIVERIES.labels("email", reply.outcome).inc()
        if reply.outcome == "in-doubt":
            metrics.IN_DOUBT.inc()
        log.info(
            "e-mail",
            outcome=reply.outcome,
            why=reply.why,
            kind=outgoing.kind,
            count=len(outgoing.subjects),
            bundle=outgoing.bundle,
            attempts=outgoing.attempts,
        )

    def _write_down(self, tx: Transaction, outgoing: OutgoingMessage, reply: Reply) -> None:
        now = self._now()
        if reply.outcome == "accepted":
            subjects = due_deliveries.sent(tx, outgoing.bundle, now)
            if outgoing.kind == "invitation":
                due_matters.mailed(tx, subjects, now)
            return
        again = retry_at(now, outgoing.attempts)
        if reply.outcome in ("address", "message") or again is None:
            due_deliveries.fail(tx, outgoing.bundle, reply.why, now)
        else:
            in_doubt = reply.outcome == "in-doubt"
            due_deliveries.retry(tx, outgoing.bundle, again, reply.why, in_doubt=in_doubt)
        if reply.outcome == "address":
            address = outgoing.envelope.recipient
            bad_addresses.mark(tx, *outgoing.person, address, now, reply.why)
