"""/readyz says whether the keys of notes open what the database has."""

from events.sealing import new_key_pair
from tests.integration.web.people_surface import PeopleSurface
from tests.integration.web.test_notes import given
from tests.support.master_key import master_key
from tests.support.notes import PRIVATE
from web.notes import key_state, master_keys


def test_keys_are_ready_if_they_open_the_latest_recipients_key(
    empty_surface: PeopleSurface,
) -> None:
    surface = empty_surface
    assert surface.get("/readyz").json()["keys"] == "ready"
    surface.harness.tell(given("k1", "ana", "wen", "a note", 1))
    assert key_state.of_keys(surface.pools.notes, master_key()) == "ready"


def test_keys_of_another_deployment_are_unfit(empty_surface: PeopleSurface) -> None:
    empty_surface.harness.tell(given("k2", "ana", "ben", "a note", 2))
    _, other = new_key_pair()
    another = master_keys.of_list([other])
    assert key_state.of_keys(empty_surface.pools.notes, another) == "unfit"
    both = master_keys.of_list([other, dict(PRIVATE)])
    assert key_state.of_keys(empty_surface.pools.notes, both) == "ready"
