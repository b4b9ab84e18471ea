"""docs/contract.md shows how another language seals a note: what its code seals opens as ours does,
and what we seal opens with that language's library."""

import json

import pytest

from engine.intake.parse import ParsedFact, parse_record
from events.public_key import PublicKey
from events.sealed_note import kid_of
from events.sealing import new_key_pair, seal_note
from tests.project.docs.markdown import marked
from tests.support.given import kudos
from tests.support.node import node
from tests.support.sealed_texts import open_sealed

IDS = {
    "program_id": "program",
    "loop_id": "loop",
    "kudos_id": "k1",
    "recipient_id": "ann",
}
NOTE = 'Thank you, Ann\nß "🎉" ' + "x" * 300


@pytest.fixture
def pair() -> tuple[PublicKey, dict[str, str]]:
    """The key of a person."""
    return new_key_pair()


def test_what_the_code_on_the_page_seals_is_accepted_and_opens(
    pair: tuple[PublicKey, dict[str, str]],
) -> None:
    public, private = pair
    (shown,) = marked("docs/contract.md", "seal elsewhere")
    script = f"{shown}\nconsole.log(await sealNote(given.note, given.jwk, given.ids));"

    sealed = node(script, {"note": NOTE, "jwk": public.jwk(), "ids": IDS}).strip()

    read = parse_record(kudos("k1", "ben", "ann", "trust", sealed_message=sealed))
    assert isinstance(read, ParsedFact)
    assert read.note is not None
    assert (read.note.text, read.note.is_sealed) == (sealed, True)
    assert kid_of(sealed) == public.kid
    assert open_sealed(sealed, private) == {"v": 1, **IDS, "note": NOTE}
    assert len(sealed.split(".")[3]) == len(seal_note(NOTE, public, **IDS).split(".")[3])


def test_what_we_seal_opens_there(pair: tuple[PublicKey, dict[str, str]]) -> None:
    public, private = pair
    script = """
import { compactDecrypt, importJWK } from "jose";
const key = await importJWK(given.private, "ECDH-ES");
const limits = { keyManagementAlgorithms: ["ECDH-ES"], contentEncryptionAlgorithms: ["A256GCM"] };
const { plaintext } = await compactDecrypt(given.sealed, key, limits);
console.log(new TextDecoder().decode(plaintext));
"""
    sealed = seal_note(NOTE, public, **IDS)
    opened = node(script, {"private": private, "sealed": sealed})
    assert json.loads(opened) == {"v": 1, **IDS, "note": NOTE}
