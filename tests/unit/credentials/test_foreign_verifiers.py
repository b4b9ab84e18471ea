"""Verdicts of verifiers that nobody here wrote: on a good credential, one withdrawn, one changed,
and a picture. PyPI openbadgeslib; npm jose, @digitalbazaar/vc-bitstring-status-list, jsonld."""

import base64
import gzip
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import openbadgeslib
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3.status import decode_encoded_list, set_indices
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from credentials import addresses, status_list
from credentials.artwork.drawing import Art
from credentials.baking import bake
from credentials.card import badge
from credentials.signing import SigningKeys
from tests.support.credentials import (
    CREDENTIAL,
    EARNED,
    GOLD,
    HOST,
    STATUS,
    altered,
    issued,
    payload_of,
    shown_as,
)
from tests.support.examples import examples
from tests.support.node import node
from tests.support.signing_keys import other_signing_keys, signing_keys
from web.sharing import issuing

PROGRAM = GOLD.issuer.program
ISSUER = addresses.issuer(HOST, PROGRAM)
CONTEXTS = Path(openbadgeslib.__file__).parent / "ob3" / "contexts"
PICTURE = badge(Art("momentum", "achievement", level="gold", levelled=True), 128)


def pem(keys: SigningKeys) -> bytes:
    """The public key of a deployment, as other programs take it."""
    return keys.current.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def listed(*withdrawn: int, keys: SigningKeys | None = None) -> Callable[[str], bytes]:
    """Who asks for the status list gets this one."""
    text = issuing.list_withdrawn(
        keys or signing_keys(), HOST, PROGRAM, STATUS.list, withdrawn, datetime.now(UTC)
    )

    def download(url: str) -> bytes:
        assert url == f"{HOST}/credentials/status/3"
        return text.encode()

    return download


def openbadgeslib_on(token: str, *withdrawn: int, **changes: Any) -> str:
    """What openbadgeslib says: "valid", or why not."""
    verifier = OB3Verifier(pem(signing_keys()))
    try:
        credential = verifier.verify(
            token, check_status=True, download=changes.get("download") or listed(*withdrawn)
        )
    except OB3VerificationError as refused:
        return str(refused)
    assert credential.id == CREDENTIAL.urn
    return "valid"


def test_openbadgeslib_accepts_ours() -> None:
    assert openbadgeslib_on(issued()) == "valid"
    assert openbadgeslib_on(issued(subject=shown_as("Wen"))) == "valid"
    assert openbadgeslib_on(issued(), STATUS.index - 1, STATUS.index + 1) == "valid"


def test_openbadgeslib_refuses_one_that_was_withdrawn() -> None:
    assert "'revocation' is set at index 94567" in openbadgeslib_on(issued(), STATUS.index)


def test_openbadgeslib_refuses_one_that_was_changed_or_signed_by_another() -> None:
    assert openbadgeslib_on(altered(issued(), name="Momentum, platinum")) == "Invalid signature"
    assert openbadgeslib_on(issued(keys=other_signing_keys())) == "Invalid signature"


def test_openbadgeslib_accepts_one_that_ends_later_and_refuses_one_that_has_ended() -> None:
    now = datetime.now(UTC)
    assert openbadgeslib_on(issued(valid_until=now + timedelta(days=700))) == "valid"
    expired = openbadgeslib_on(issued(valid_until=now - timedelta(days=1)))
    assert "expired" in expired.lower()
    token = OB3Verifier.extract_token_from_png(
        bake(PICTURE, issued(valid_until=now - timedelta(days=1)))
    )
    assert openbadgeslib_on(token) == expired


def test_openbadgeslib_refuses_a_list_that_another_signed() -> None:
    forged = listed(keys=other_signing_keys())
    assert "proof is invalid" in openbadgeslib_on(issued(), download=forged)


def test_openbadgeslib_reads_the_credential_from_the_picture() -> None:
    token = OB3Verifier.extract_token_from_png(bake(PICTURE, issued()))
    assert openbadgeslib_on(token) == "valid"
    with pytest.raises(OB3VerificationError, match="No openbadgecredential"):
        OB3Verifier.extract_token_from_png(PICTURE)


JOSE = """
import { compactVerify, createLocalJWKSet, importJWK, jwtVerify } from "jose";
const only = { algorithms: ["RS256"], typ: "JWT" };
const verdict = async (token, key, verify) => {
  try {
    const { payload, protectedHeader } = await verify(token, key, only);
    const text = payload instanceof Uint8Array ? new TextDecoder().decode(payload) : payload.jti;
    return [protectedHeader.kid, text];
  } catch (refused) { return refused.code; }
};
const key = await importJWK(given.jwk, "RS256");
const found = [];
for (const token of given.tokens) found.push(await verdict(token, key, jwtVerify));
found.push(await verdict(given.tokens[0], createLocalJWKSet(given.jwks), jwtVerify));
found.push(await verdict(given.list, key, compactVerify));
console.log(JSON.stringify(found));
"""


def test_jose_accepts_ours_by_the_one_key_and_by_the_set_and_refuses_the_others() -> None:
    keys = signing_keys()
    thumbprint = keys.current.thumbprint()
    verdicts = json.loads(
        node(
            JOSE,
            {
                "jwk": keys.public(thumbprint),
                "jwks": keys.jwks(["https://x.example/issuers/x", ISSUER]),
                "tokens": [
                    issued(),
                    altered(issued(), name="Momentum, platinum"),
                    issued(keys=other_signing_keys()),
                    issued(valid_until=datetime.now(UTC) + timedelta(days=700)),
                    issued(valid_until=datetime.now(UTC) - timedelta(days=1)),
                ],
                "list": listed(1)(f"{HOST}/credentials/status/3").decode(),
            },
        )
    )
    kid = f"{ISSUER}/keys/{thumbprint}"
    refused = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"
    good = [kid, CREDENTIAL.urn]
    assert verdicts[:6] == [good, refused, refused, good, "ERR_JWT_EXPIRED", good]
    assert verdicts[6][0] == kid
    assert json.loads(verdicts[6][1])["type"][1] == "BitstringStatusListCredential"


BITS = """
import { decodeList } from "@digitalbazaar/vc-bitstring-status-list";
const found = [];
for (const encodedList of given) {
  const list = await decodeList({ encodedList });
  const set = [];
  for (let at = 0; at < list.length; at++) if (list.getStatus(at)) set.push(at);
  found.push([list.length, set]);
}
console.log(JSON.stringify(found));
"""


def naive(encoded: str) -> set[int]:
    """The bits that are set, read as the standard describes them."""
    raw = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-(len(encoded) - 1) % 4)))
    return {at for at, bit in enumerate("".join(f"{byte:08b}" for byte in raw)) if bit == "1"}


LISTS = st.lists(st.sets(st.integers(0, status_list.ENTRIES - 1), max_size=200), max_size=16)


@given(LISTS)
@examples(3)
def test_a_list_says_the_same_to_every_reader(lists: list[set[int]]) -> None:
    """For any sets of places: npm's library, openbadgeslib's, and a naive reader agree."""
    wanted = [*lists, set(), {0}, {7, 8}, {status_list.ENTRIES - 1}]
    encoded = [status_list.encoded(one) for one in wanted]
    read = json.loads(node(BITS, encoded))
    assert [length for length, _ in read] == [status_list.ENTRIES] * len(wanted)
    assert [set(places) for _, places in read] == wanted
    assert [naive(text) for text in encoded] == wanted
    assert [set_indices(decode_encoded_list(text)) for text in encoded] == wanted


@pytest.mark.parametrize("place", [-1, status_list.ENTRIES])
def test_a_place_outside_the_list_is_refused(place: int) -> None:
    with pytest.raises(ValueError, match="no place"):
        status_list.encoded([place])


LINKED_DATA = """
import jsonld from "jsonld";
const documentLoader = async url => {
  if (!(url in given.contexts)) throw new Error(`no context ${url}`);
  return { documentUrl: url, document: given.contexts[url] };
};
for (const document of given.documents) {
  const [expanded] = await jsonld.expand(document, { documentLoader, safe: true });
  if (!expanded["@type"]) throw new Error("no type");
}
console.log("every term has a meaning");
"""


def test_every_member_is_a_term_of_the_vocabularies() -> None:
    """In safe mode jsonld refuses what the contexts do not define."""
    names = ("credentials-v2", "ob-v3p0-context-3.0.3")
    contexts = [json.loads((CONTEXTS / f"{name}.json").read_text()) for name in names]
    lists = payload_of(listed(1)(f"{HOST}/credentials/status/3").decode())
    ending = issued(subject=shown_as("Wen"), valid_until=EARNED + timedelta(days=700))
    documents = [payload_of(ending), lists]
    said = node(
        LINKED_DATA,
        {
            "contexts": dict(zip(documents[0]["@context"], contexts, strict=True)),
            "documents": [_without_claims(one) for one in documents],
        },
    )
    assert "every term" in said


def _without_claims(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in (*_ALL_CLAIMS, _NO_TERM)}


_CLAIMS = ("iss", "sub", "jti", "nbf")
_ALL_CLAIMS = (*_CLAIMS, "exp")
_NO_TERM = "credentialSchema"
"""Its type is the standard's own, which the standard's own context (3.0.3) does not define."""


def _object(required: Iterable[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _types(*names: str) -> dict[str, Any]:
    return {"type": "array", "allOf": [{"contains": {"const": name}} for name in names]}


_URI = {"type": "string", "format": "uri"}
_TEXT = {"type": "string", "minLength": 1}
REQUIRED = _object(
    ("@context", "id", "type", "credentialSubject", "issuer", "validFrom", *_CLAIMS),
    **{
        "@context": {"type": "array", "minItems": 2, "items": _URI},
        "id": _URI,
        "type": _types("VerifiableCredential", "OpenBadgeCredential"),
        "issuer": _object(("id", "type"), id=_URI, type=_types("Profile"), url=_URI),
        "validFrom": {"type": "string", "format": "date-time"},
        "credentialSubject": _object(
            ("type", "achievement"),
            id=_URI,
            type=_types("AchievementSubject"),
            achievement=_object(
                ("id", "type", "criteria", "description", "name"),
                id=_URI,
                type=_types("Achievement"),
                criteria=_object(("narrative",), narrative=_TEXT),
                description=_TEXT,
                name=_TEXT,
                image=_object(("id", "type"), id=_URI, type={"const": "Image"}),
            ),
            identifier={
                "type": "array",
                "items": _object(
                    ("type", "identityHash", "identityType", "hashed"),
                    type={"const": "IdentityObject"},
                    identityHash=_TEXT,
                    identityType=_TEXT,
                    hashed={"type": "boolean"},
                    salt=_TEXT,
                ),
            },
        ),
        "credentialSchema": {"type": "array", "items": _object(("id", "type"), id=_URI)},
        "credentialStatus": _object(("id", "type"), id=_URI, type=_TEXT),
        "nbf": {"type": "integer"},
    },
)
"""The members that the published schema of AchievementCredential requires, and of which kind."""


def test_a_credential_has_what_the_published_schema_requires() -> None:
    checker = jsonschema.FormatChecker()
    ending = issued(valid_until=EARNED + timedelta(days=700))
    for token in (issued(), issued(subject=shown_as("Wen")), issued(valid_from=EARNED), ending):
        jsonschema.Draft202012Validator(REQUIRED, format_checker=checker).validate(
            payload_of(token)
        )
