"""Private texts are sealed for one reader, so that any JOSE library opens them and nobody else."""

import json
from collections.abc import Callable

import pytest
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from events.public_key import PublicKey, from_base64url, to_base64url
from events.schemas.kudos_given import KudosGiven
from events.schemas.registry import InvalidData, read_data
from events.sealed_note import MOST_CHARACTERS, header_fault, kid_of
from events.sealing import new_key_pair, seal, seal_note
from tests.support.sealed_texts import open_sealed

IDS = {"program_id": "p", "loop_id": "l", "kudos_id": "k", "recipient_id": "r"}
PUBLIC, PRIVATE = new_key_pair()


def test_a_sealed_note_opens_with_the_readers_key_and_says_what_it_belongs_to() -> None:
    sealed = seal_note("Thank you, Ann\nß 🎉", PUBLIC, **IDS)
    assert open_sealed(sealed, PRIVATE) == {"v": 1, **IDS, "note": "Thank you, Ann\nß 🎉"}
    assert header_fault(sealed) is None
    assert kid_of(sealed) == PUBLIC.kid == OKPKey.import_key(dict(PRIVATE)).thumbprint()


def test_it_opens_with_no_other_key() -> None:
    _, other = new_key_pair()
    with pytest.raises(JoseError):
        open_sealed(seal_note("note", PUBLIC, **IDS), other)


def test_short_notes_are_all_of_one_length_and_no_two_are_alike() -> None:
    lengths = {len(seal_note("x" * n, PUBLIC, **IDS)) for n in (1, 50, 150)}
    assert len(lengths) == 1
    assert seal_note("x", PUBLIC, **IDS) != seal_note("x", PUBLIC, **IDS)


def test_the_longest_note_of_the_longest_ids_fits() -> None:
    longest = "\N{OLD ITALIC LETTER A}"
    ids = dict.fromkeys(IDS, longest * 128)
    assert len(seal_note(longest * 2000, PUBLIC, **ids)) <= MOST_CHARACTERS


@pytest.mark.parametrize("token", ["", "e30", "W10.a", "!!", to_base64url(b'{"kid":7}')])
def test_what_names_no_key_is_an_error_that_says_so(token: str) -> None:
    with pytest.raises(ValueError, match="names no key"):
        kid_of(token)


def _of_joserfc(header: dict[str, object], key: OKPKey | None = None) -> str:
    made = key or OKPKey.import_key(dict(PUBLIC.jwk()))
    return jwe.encrypt_compact(header, b"{}", made, algorithms=["ECDH-ES", "A256GCM", "DEF"])


GOOD: dict[str, object] = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": "a", "typ": "note+jwe"}


def test_what_another_library_seals_is_a_sealed_note() -> None:
    assert header_fault(_of_joserfc(GOOD)) is None


def _with_header(change: Callable[[dict[str, object]], object]) -> str:
    head, _, rest = seal_note("note", PUBLIC, **IDS).partition(".")
    raw = from_base64url(head)
    assert raw is not None
    header = json.loads(raw)
    change(header)
    return f"{to_base64url(json.dumps(header).encode())}.{rest}"


@pytest.mark.parametrize(
    ("sealed", "fault"),
    [
        ("", "compact JWE"),
        ("a.b.c", "compact JWE"),
        ("a.b.c.d.e", "compact JWE"),
        ("a..c.d.", "compact JWE"),
        ("e30..a.a.a", "header of exactly"),
        ("!!..a.a.a", "compact JWE"),
        ("W10..a.a.a", "header of exactly"),
        (seal(b"{}", PUBLIC, "key+jwe"), "typ note+jwe"),
        (_with_header(lambda header: header.update(zip="DEF")), "header of exactly"),
        (_with_header(lambda header: header.update(alg="dir")), "alg ECDH-ES"),
        (_with_header(lambda header: header.update(alg="RSA1_5")), "alg ECDH-ES"),
        (_with_header(lambda header: header.update(enc="A128GCM")), "enc A256GCM"),
        (_with_header(lambda header: header.update(kid="ü")), "kid"),
        (_with_header(lambda header: header.update(kid=7)), "kid"),
        (_with_header(lambda header: header.pop("kid")), "header of exactly"),
        (_with_header(lambda header: header.update(epk="no")), "epk"),
        (_with_header(lambda header: header.update(epk={"kty": "EC"})), "epk"),
    ],
)
def test_what_is_no_sealed_note_is_refused_and_not_quoted(sealed: str, fault: str) -> None:
    assert fault in (header_fault(sealed) or "")
    data = {**IDS, "giver_id": "g", "kind": "trust", "sealed_message": sealed}
    with pytest.raises(InvalidData, match="sealed_message") as caught:
        read_data(KudosGiven.TYPE, data)
    assert not sealed or sealed not in str(caught.value)


def test_a_note_is_sealed_or_in_clear_and_not_both() -> None:
    data = {**IDS, "giver_id": "g", "kind": "trust", "message": "hello"}
    sealed = seal_note("hello", PUBLIC, **IDS)
    with pytest.raises(InvalidData, match="must not stand beside message"):
        read_data(KudosGiven.TYPE, data | {"sealed_message": sealed})
    kudos = read_data(KudosGiven.TYPE, data | {"message": None, "sealed_message": sealed})
    assert "sealed_message" not in kudos.content()
    assert sealed not in repr(kudos)


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "EC", "crv": "X25519", "x": PUBLIC.jwk()["x"]},
        {"kty": "OKP", "crv": "Ed25519", "x": PUBLIC.jwk()["x"]},
        {"kty": "OKP", "crv": "X25519", "x": "AAAA"},
        {"kty": "OKP", "crv": "X25519", "x": 7},
        {"kty": "OKP", "crv": "X25519", "x": PUBLIC.jwk()["x"], "kid": ""},
    ],
)
def test_what_is_no_key_is_refused(jwk: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a"):
        PublicKey.of_jwk(jwk)


def test_a_key_without_a_name_is_called_by_its_thumbprint() -> None:
    jwk = {name: value for name, value in PUBLIC.jwk().items() if name != "kid"}
    assert PublicKey.of_jwk(jwk) == PUBLIC
