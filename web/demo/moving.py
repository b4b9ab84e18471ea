"""A program of the demonstration moves to a catalog of its own, by a replay, as operators do it."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine

from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.cli.console.exit_codes import Unusable
from engine.store.generations.live import Generations
from engine.store.postgres.connection import transaction
from events.instants import from_datetime
from replay.build import build, plan, verify
from replay.switch import approve, cutover
from replay.switch.apply import SwitchResult
from replay.switch.policies import SwitchPolicy

_BY = "the demonstration"


def moves(texts: Iterable[str]) -> dict[str, Catalog]:
    """Catalogs by program, from texts such as aurora=recognition. Raises Unusable."""
    catalogs = dict[str, Catalog]()
    for text in texts:
        program, equals, name = text.partition("=")
        if not (program and equals):
            raise Unusable(f"--under {text}: say PROGRAM=CATALOG")
        try:
            catalogs[program] = loader.find(name)
        except loader.CatalogError as error:
            raise Unusable(f"--under {text}: {error}") from None
    return catalogs


def move(engine: Engine, url: str, program: str, wanted: Catalog) -> SwitchResult | None:
    """Plan, build, verify, approve and cut over; what is gained is announced. None if the program
    is under that catalog already.

    Raises:
        NothingToReplay: nothing is known of the program.
    """
    with transaction(engine) as tx:
        live = Generations().live_of(tx, program)
        if live is not None and live.catalog.digest == wanted.digest:
            return None
        planned = plan.plan(tx, wanted, [program])
    number = planned.replay.id
    for _ in build.build(engine, url, number):
        pass
    verify.verify(engine, number)
    approve.approve(engine, number, SwitchPolicy(), _BY, f"{program} has rules of its own")
    return cutover.cutover(engine, number, from_datetime(datetime.now(UTC)))
