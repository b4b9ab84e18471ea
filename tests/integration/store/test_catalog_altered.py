"""A catalog that somebody changes in the database is not used: programs were put under another."""

import pytest
from sqlalchemy import Engine

from engine.catalog.loader import parse
from engine.store.generations import catalogs, live
from engine.store.generations.catalogs import CatalogAltered
from engine.store.generations.live import Generations
from engine.store.postgres.connection import transaction
from tests.support.given import MENTORLOOP

OTHER = parse(MENTORLOOP.text.replace("{meetings_attended: 5}", "{meetings_attended: 4}"))
CHANGES = {
    "its rules": ("UPDATE catalogs SET text = %s WHERE id = 1", OTHER.text),
    "its text to none": ("UPDATE catalogs SET text = %s WHERE id = 1", "no catalog: ["),
    "its digest": ("UPDATE catalogs SET digest = %s WHERE id = 1", OTHER.digest),
}


@pytest.fixture
def started(database: Engine) -> Engine:
    """A database with a default catalog."""
    with transaction(database) as tx:
        live.start(tx, MENTORLOOP)
    return database


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("read_before", [False, True], ids=["at start", "while it runs"])
def test_a_row_changed_by_hand_is_named_and_refused(
    started: Engine, change: str, read_before: bool
) -> None:
    generations = Generations()
    with transaction(started) as tx:
        if read_before:
            assert generations.default(tx).catalog.digest == MENTORLOOP.digest
        tx.execute(*CHANGES[change])
        for ask in (generations.default, generations.check):
            with pytest.raises(CatalogAltered, match=r"row 1 was .*'a stored catalog was changed'"):
                ask(tx)


def test_a_generation_put_under_another_catalog_by_hand_is_refused(started: Engine) -> None:
    generations = Generations()
    with transaction(started) as tx:
        generations.default(tx)
        tx.execute("UPDATE generations SET catalog = %s", catalogs.store(tx, OTHER))
        with pytest.raises(CatalogAltered, match=f"generations row 1 was .*{OTHER.digest[:12]}"):
            generations.default(tx)


def test_new_names_for_the_same_rules_are_no_change(started: Engine) -> None:
    generations = Generations()
    renamed = parse(MENTORLOOP.text.replace("catalog: mentorloop", "catalog: renamed"))
    with transaction(started) as tx:
        generations.default(tx)
        assert catalogs.retext(tx, renamed)
        assert generations.default(tx).catalog.name == "renamed"
        generations.check(tx)
