"""Notes from a publisher to who may read them; and everything that does not open."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from joserfc import jwe
from joserfc.jwk import OctKey, OKPKey, RSAKey
from structlog.testing import capture_logs

from engine.queries import notes
from engine.queries.notes import StoredNote
from engine.queries.snapshot import Reader
from engine.store import note_keys
from engine.store.awards.kudos import KudosReceived, KudosWanted
from engine.store.note_keys import NoteOwner, WrappedKey
from events.instants import from_datetime
from events.publisher import Publisher
from events.sealing import KEY, new_key_pair, seal, seal_note
from tests.integration.handlers.harness import Harness
from tests.support.master_key import master_key
from tests.support.notes import MASTER
from web.notes.opening import NoteOpener, OpenedNote, State

NOTE = "You listened when nobody else did.\nThank you. 🦊"
AT = datetime(2026, 3, 1, 10, tzinfo=UTC)
BOUND = {
    "program_id": "acme", "loop_id": "a", "kudos_id": "k1", "recipient_id": "wen",
}  # fmt: skip
GIVEN = KudosReceived(
    "a8098c1a-f86e-51da-bd1a-00112444be1e", "acme", "a", "wen", "ana", "trust", "k1",
    from_datetime(AT), 1,
)  # fmt: skip
PUBLIC, PRIVATE = new_key_pair()
OWN = WrappedKey(PUBLIC.kid, seal(json.dumps(PRIVATE).encode(), MASTER, KEY))


@pytest.fixture
def harness(migrated_url: str) -> Iterator[Harness]:
    made = Harness(migrated_url)
    yield made
    made.close()


@pytest.fixture
def opener() -> NoteOpener:
    return NoteOpener(master_key())


def sealed(note: str = NOTE, **bound: str) -> str:
    return seal_note(note, PUBLIC, **{**BOUND, **bound})


def opened(opener: NoteOpener, text: str, key: WrappedKey | None = OWN) -> OpenedNote:
    return opener.open(GIVEN, StoredNote(text, PUBLIC.kid, key), "recipient")


def test_a_note_sealed_by_a_publisher_is_opened_for_its_recipient(
    harness: Harness, opener: NoteOpener
) -> None:
    with harness.transaction() as tx:
        key = note_keys.keys_for(tx, [NoteOwner("acme", "wen")], MASTER)[NoteOwner("acme", "wen")]
    assert key is not None
    with patch("events.publisher.KafkaProducer") as producer:
        publisher = Publisher("nowhere:1", source="/tests")
        publisher.kudos_given(
            program_id="acme", loop_id="a", kudos_id="k1", giver_id="ana", recipient_id="wen",
            kind="trust", message=NOTE, seal_to=key.jwk(), time=AT,
        )  # fmt: skip
    value = producer.return_value.send.call_args.args[1]
    assert b"listened" not in value

    harness.tell(value)

    with Reader(harness.engine).snapshot() as snapshot:
        wanted = KudosWanted(recipient="wen")
        (given,) = notes.with_notes(snapshot, "acme", wanted, None, 10).kudos
    with harness.transaction() as tx:
        stored = notes.stored(tx, [given])[given.award_id]
    assert "listened" not in stored.text
    assert opener.open(given, stored, "recipient") == OpenedNote(NOTE, "shown")
    assert opener.opened == {"recipient": 1}


def test_a_note_that_an_older_version_stored_in_clear_is_shown(opener: NoteOpener) -> None:
    stored = StoredNote(NOTE, None, None)
    assert opener.open(GIVEN, stored, "recipient") == OpenedNote(NOTE, "shown")


@pytest.mark.parametrize("field", BOUND)
def test_a_note_bound_to_another_kudos_is_not_shown(opener: NoteOpener, field: str) -> None:
    assert opened(opener, sealed()).state == "shown"
    assert opened(opener, sealed(**{field: "other"})) == OpenedNote(None, "unreadable")
    assert opener.unopenable == {"binding": 1}


def test_a_note_whose_key_was_erased_can_no_longer_be_opened(opener: NoteOpener) -> None:
    assert opened(opener, sealed(), WrappedKey(PUBLIC.kid, None)) == OpenedNote(None, "erased")
    assert not opener.unopenable


@pytest.mark.parametrize("key", [None, WrappedKey("another", OWN.wrapped)])
def test_a_note_to_a_key_that_is_not_the_recipients_is_not_shown(
    opener: NoteOpener, key: WrappedKey | None
) -> None:
    assert opened(opener, sealed(), key) == OpenedNote(None, "unreadable")
    assert opener.unopenable == {"unknown key": 1}


def test_a_key_wrapped_to_another_master_key_opens_nothing(opener: NoteOpener) -> None:
    other, _ = new_key_pair()
    key = WrappedKey(PUBLIC.kid, seal(json.dumps(PRIVATE).encode(), other, KEY))
    assert opened(opener, sealed(), key) == OpenedNote(None, "unreadable")
    assert opener.unopenable == {"master key": 1}


def _jwe(alg: str, key: OKPKey | OctKey | RSAKey, **members: str) -> str:
    header = {"alg": alg, "enc": "A256GCM", "kid": PUBLIC.kid, "typ": "note+jwe", **members}
    text = json.dumps({"v": 1, **BOUND, "note": NOTE}).encode()
    return jwe.encrypt_compact(header, text, key, algorithms=[alg, header["enc"], "DEF"])


def _for_recipient() -> OKPKey:
    return OKPKey.import_key({**PUBLIC.jwk()})


OTHER_KINDS: dict[str, Callable[[], str]] = {
    "dir": lambda: _jwe("dir", OctKey.import_key(b"0" * 32)),
    "RSA1_5": lambda: _jwe("RSA1_5", RSAKey.generate_key(2048)),
    "wrapped key": lambda: _jwe("ECDH-ES+A128KW", _for_recipient()),
    "zip": lambda: _jwe("ECDH-ES", _for_recipient(), zip="DEF"),
    "other encryption": lambda: _jwe("ECDH-ES", _for_recipient(), enc="A128GCM"),
    "other type": lambda: _jwe("ECDH-ES", _for_recipient(), typ="key+jwe"),
    "more in the header": lambda: _jwe("ECDH-ES", _for_recipient(), apu="QQ"),
    "no JWE": lambda: "a.b.c",
    "nothing": lambda: "",
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_no_other_kind_of_jwe_is_opened(opener: NoteOpener, kind: str) -> None:
    assert opened(opener, OTHER_KINDS[kind]()) == OpenedNote(None, "unreadable")
    assert opener.unopenable == {"header": 1}


def test_the_kind_that_is_taken_may_come_from_another_library(opener: NoteOpener) -> None:
    assert opened(opener, _jwe("ECDH-ES", _for_recipient())).note == NOTE


def _plain(text: bytes) -> str:
    return seal(text, PUBLIC, "note+jwe")


def _with(note: object, **changes: object) -> str:
    return _plain(json.dumps({"v": 1, **BOUND, "note": note, **changes}).encode())


@pytest.mark.parametrize(
    "text",
    [
        sealed()[:-8] + "AAAAAAAA",
        _plain(b"no JSON"),
        _plain(b"[]"),
        _plain(b"\xff"),
        _plain(b"[" * 50_000),
        _with("", v=1),
        _with("x" * 2001),
        _with("a\x00b"),
        _with("\ud800"),
        _with(7),
        _with(None),
        _with(NOTE, v=2),
    ],
)
def test_what_is_no_note_inside_is_not_shown_and_not_logged(opener: NoteOpener, text: str) -> None:
    with capture_logs() as logged:
        assert opened(opener, text) == OpenedNote(None, "unreadable")
    (line,) = logged
    assert set(line) == {"event", "cause", "kudos_id", "log_level"}
    assert sum(opener.unopenable.values()) == 1


@pytest.mark.parametrize("note", ["x", "x" * 2000, "🦊" * 2000, "tab\tand\r\nline"])
def test_a_note_of_every_length_and_script_is_shown_as_it_was_written(
    opener: NoteOpener, note: str
) -> None:
    state: State = "shown"
    assert opened(opener, sealed(note)) == OpenedNote(note, state)
