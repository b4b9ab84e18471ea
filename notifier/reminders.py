"""Makes reminders of awards that end: items on pages, and e-mails that are due. Until stopped.

A reminder, its item and its e-mail are written together, so each is made once, whatever number of
processes look.
"""

import threading
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from engine.observability import logger
from engine.outage_log import DATABASE_OUTAGES, OutageLog
from engine.store.generations.live import Generations
from engine.store.postgres import schema
from engine.store.postgres.connection import Transaction, transaction
from notifier.migrations import CHAIN
from notifier.rules import reminding
from notifier.rules.preferences import NOTHING_CHOSEN, Preferences
from notifier.store import deliveries, items, preferences, reminders
from notifier.store.deliveries import NewDelivery
from notifier.store.items import NewItem
from notifier.store.reminders import EndingAward

log = logger(__name__)

_SECONDS = 60.0


class Reminders:
    """Looks once a minute. `now`: the clock that decides what is due; `by_email`: whether there is
    a mail server."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], *, by_email: bool) -> None:
        self._engine = engine
        self._now = now
        self._by_email = by_email
        self._generations = Generations()
        self._outage = OutageLog("reminders wait", "reminders are made again")
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask `run` to return."""
        self._stop.set()

    def run(self) -> None:
        """Look until stopped; waits for a database that is not there."""
        while not self._stop.is_set():
            try:
                schema.check(self._engine, CHAIN)
                made = self.look()
                self._outage.over()
                if made:
                    log.info("reminders made", count=made)
            except DATABASE_OUTAGES as error:
                self._outage.met(error)
            self._stop.wait(_SECONDS)

    def look(self) -> int:
        """Make what is due now; gives how many."""
        with transaction(self._engine) as tx:
            now = self._now()
            due = {}
            for award in reminders.ending(tx, now):
                days = reminding.due(award.awarded_at, award.valid_until, now)
                if days is not None:
                    due[reminding.reminder_id(award.award_id, days)] = (award, days)
            before = reminders.made(tx, list(due))
            new = {reminder: each for reminder, each in due.items() if reminder not in before}
            people = {(award.program, award.participant) for award, _ in new.values()}
            chosen = preferences.of_people(tx, people) if people else {}
            return sum(
                self._make(tx, reminder, award, days, chosen, now)
                for reminder, (award, days) in new.items()
            )

    def _make(
        self,
        tx: Transaction,
        reminder: str,
        award: EndingAward,
        days: int,
        chosen: dict[tuple[str, str], Preferences],
        now: datetime,
    ) -> bool:
        if reminders.is_covered(tx, self._generations, award):
            return False
        if not reminders.make(tx, reminder, award.award_id, days, now):
            return False
        person = (award.program, award.participant)
        theirs = chosen.get(person, NOTHING_CHOSEN)
        if award.category not in theirs.in_app_off:
            items.remind(tx, NewItem(*person, award.category, reminder), award.award_id, now)
        if self._by_email and award.category not in theirs.email_off:
            deliveries.enqueue(tx, [NewDelivery(reminder, "reminder", *person, now)])
        return True
