"""A master key is changed: keys are wrapped to the new one, and notes open as before."""

import json
from pathlib import Path

import pytest

from engine.store import note_keys
from events.sealing import new_key_pair
from tests.integration.web.people_surface import PeopleSurface, participant
from tests.integration.web.test_notes import given
from tests.support.notes import PRIVATE
from web.notes import master_keys, rewrapping
from web.notes.desk import NotesDesk
from web.notes.opening import NoteOpener
from web.notes.rewrapping import Rewrapping

WEN = participant("acme", "wen")


@pytest.fixture
def known(empty_surface: PeopleSurface) -> PeopleSurface:
    empty_surface.harness.clear()
    empty_surface.harness.tell(
        given("k1", "ana", "wen", "a note", 1), given("k2", "wen", "ana", "another", 2)
    )
    return empty_surface


def desk(surface: PeopleSurface, folder: Path, *keys: object) -> NotesDesk:
    file = folder / "keys"
    file.write_text(json.dumps(keys))
    opener = NoteOpener(master_keys.read(file))
    return NotesDesk(surface.pools.notes, opener, lambda: surface.now)


def test_keys_are_wrapped_to_the_new_master_key_and_the_old_one_may_go(
    known: PeopleSurface, tmp_path: Path
) -> None:
    public, new = new_key_pair()
    both = desk(known, tmp_path, new, dict(PRIVATE))
    assert rewrapping.rewrap(both) == Rewrapping(changed=2, already=0, unopenable=0)
    assert rewrapping.rewrap(both) == Rewrapping(changed=0, already=2, unopenable=0)

    alone = NoteOpener(desk(known, tmp_path, new).opener._keys)
    with known.harness.transaction() as tx:
        wrapped = note_keys.every_wrapped(tx)
    assert len(wrapped) == 2
    assert all(alone.is_current(text) and alone.rewrapped(text) for _, text in wrapped)
    assert public.kid == alone.master.kid


def test_keys_that_open_with_none_of_the_file_stay_as_they_are(
    known: PeopleSurface, tmp_path: Path
) -> None:
    _, other = new_key_pair()
    assert rewrapping.rewrap(desk(known, tmp_path, other)) == Rewrapping(0, 0, unopenable=2)
    notes = known.get("/v1/programs/acme/me/notes", WEN).json()["items"]
    assert [item["note"] for item in notes] == ["a note"]


def test_a_key_that_is_erased_meanwhile_stays_erased(known: PeopleSurface) -> None:
    with known.harness.transaction() as tx:
        (owner, before), _ = note_keys.every_wrapped(tx)
        note_keys.erase(tx, owner)
        assert note_keys.replace_wrapped(tx, owner, before, "another") == 0
