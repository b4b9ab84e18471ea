"""Ends the streams of those who may listen no longer: their roles are too old, their session has
ended or has lost its role, or they were erased.

Looked at every other second for all streams of the process together, in one transaction.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from engine.observability import logger
from engine.store.postgres.connection import DatabaseUnreachable, transaction
from web.identity.principal import Principal, roles_of
from web.identity.tokens.cached import Clock
from web.live.hub import Hub, Subscription
from web.store import sessions

log = logger(__name__)

_LOOK_SECONDS = 2.0
_AWAY = (psycopg.Error, SQLAlchemyError, DatabaseUnreachable)


class AdmissionWatch:
    """Looks after the streams of a hub. `people`: the pool that reads web.sessions. While
    PostgreSQL is away only what is too old ends."""

    def __init__(
        self, hub: Hub, people: Engine, clock: Clock, look_seconds: float = _LOOK_SECONDS
    ) -> None:
        self._hub = hub
        self._people = people
        self._clock = clock
        self._look_seconds = look_seconds
        self._stop = threading.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Look for the length of the block."""
        thread = threading.Thread(target=self._run, name="live-admissions", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._look_seconds):
            try:
                self.look()
            except _AWAY as error:
                log.warning("sessions of streams not looked at", error=type(error).__name__)
            except Exception as error:  # streams must not outlive what admitted them
                log.error("streams were not looked at", exc_info=error)

    def look(self) -> None:
        """End what must not go on. Raises what PostgreSQL does when it is away."""
        streams = self._hub.streams()
        now = self._clock()
        self._hub.end(stream for stream in streams if now >= stream.admission.until)
        with_session = [stream for stream in streams if stream.admission.session is not None]
        if not with_session:
            return
        ids = {stream.admission.session for stream in with_session}
        with transaction(self._people) as tx:
            going_on = sessions.PEOPLE.roles_of_going_on(
                tx, [id for id in ids if id is not None], now
            )
        self._hub.end(
            stream
            for stream in with_session
            if not _goes_on(stream, going_on.get(stream.admission.session or b""))
        )


def _goes_on(stream: Subscription, roles: object) -> bool:
    """Whether a session's roles still have the one that its stream was opened in."""
    if not isinstance(roles, list):
        return False
    who = Principal("", roles_of(roles), stream.admission.until)
    program, participant = stream.listener
    return who.participant_in(program) == participant
