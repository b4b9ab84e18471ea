"""A stored catalog is fetched and parsed once a process."""

import pytest
from sqlalchemy import Engine

from engine.catalog import loader
from engine.catalog.model import Catalog
from engine.store.generations import catalogs, live
from engine.store.generations.live import Generations
from engine.store.postgres.connection import transaction
from tests.support.given import MENTORLOOP


def test_answers_of_one_process_share_the_parsed_catalog(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    parse = loader.parse
    with transaction(database) as tx:
        live.start(tx, MENTORLOOP)

    def counted(text: str) -> Catalog:
        texts.append(text)
        return parse(text)

    monkeypatch.setattr(loader, "parse", counted)
    monkeypatch.setattr(catalogs, "_parsed", {})

    for _ in range(3):
        with transaction(database) as tx:
            generation = Generations().default(tx)
            assert catalogs.of_row(tx, generation.catalog_id) is generation.catalog

    assert texts == [MENTORLOOP.text]


def test_programs_have_their_live_generation_and_new_ones_the_default(database: Engine) -> None:
    with transaction(database) as tx:
        live.start(tx, MENTORLOOP)
        generations = Generations()
        assert generations.of(tx, ["b", "a"]).keys() == {"b", "a"}
        assert generations.live(tx) == {}
        generations.register(tx, ["b", "a"])
        assert list(generations.live(tx)) == ["a", "b"]
        assert set(generations.live(tx).values()) == {generations.default(tx)}
