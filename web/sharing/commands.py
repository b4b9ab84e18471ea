"""What `badge-web shares` does, with the settings of a web process."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from web import bootstrap, settings
from web.store import shares

_PORTION = 1_000


def end_all() -> int:
    """End whatever is shared; gives how many shares that were.

    Raises:
        SettingsError, DatabaseUnreachable
    """
    loaded = settings.load()
    loaded.check()
    with bootstrap.pools(loaded) as pools:
        return end_every(pools.people, loaded.now)


def end_every(people: Engine, clock: Callable[[], datetime]) -> int:
    """End whatever is shared, a portion in a transaction: stopped, it may be run again."""
    ended = 0
    while True:
        with transaction(people) as tx:
            portion = shares.after(tx, None, _PORTION)
            if not portion:
                return ended
            ended += shares.end(tx, (one.share_id for one in portion), "withdrawn", clock())
