"""Folded place by place, then person by person: the same as folded all at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog.model import Catalog
from engine.fact import Fact, Place
from engine.projections import cold
from engine.store.projections.shares import Share
from replay.build.fold import fold_person, fold_place
from tests.support.catalogs import EVERY_KIND
from tests.support.examples import examples
from tests.support.given import MENTORLOOP
from tests.support.histories import facts

CATALOGS = pytest.mark.parametrize(
    "catalog", [MENTORLOOP, EVERY_KIND], ids=lambda catalog: catalog.name
)


@CATALOGS
@examples(50)
@given(facts(), st.randoms(use_true_random=False))
def test_two_steps_give_what_the_cold_fold_gives(
    catalog: Catalog,
    told: list[Fact],
    random: "st.Random",  # type: ignore[name-defined]
) -> None:
    places: dict[Place, list[Fact]] = {}
    for fact in random.sample(told, len(told)):
        places.setdefault(fact.place, []).append(fact)
    folded = [fold_place(catalog, place, there) for place, there in places.items()]
    shares: dict[cold.Person, list[Share]] = {}
    for item in folded:
        for share in item.shares:
            shares.setdefault(share.person, []).append(share)
    persons = [fold_person(catalog, person, mine) for person, mine in shares.items()]

    whole = cold.fold(catalog, told)

    owned = [*(o for item in folded for o in item.awards), *(o for p in persons for o in p.awards)]
    awards = [one.award for one in owned]
    assert tuple(sorted(awards, key=lambda award: award.id)) == whole.awards
    assert {item.place: item.state for item in folded} == whole.states
    zeros = list(catalog.initial_values)
    assert {p.person: p.values for p in persons if p.values != zeros} == whole.people
