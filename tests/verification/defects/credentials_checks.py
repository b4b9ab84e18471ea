"""What is looked at where credentials are issued and checked; each gives what is wrong.

K1 a list says which were withdrawn, at once and to any reader · K2 a credential has the form and
the secrecy that it promises · K3 only our signature counts · K4 /verify knows what was withdrawn
and what was never issued.
"""

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

from joserfc import jws

from credentials import addresses
from credentials.verification import BadCredential, verified
from tests.integration.web.people_surface import PUBLIC, Role, bearer, participant
from tests.integration.web.privacy import OTHER, PERSON, Planted
from tests.support.credentials import (
    EARNED,
    GOLD,
    HOST,
    WEN,
    altered,
    header_of,
    issued,
    payload_of,
)
from tests.support.signing_keys import other_signing_keys, signing_keys

_ME: Role = participant(OTHER, PERSON)
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _award(planted: Planted) -> str:
    """The address of kudos of the person, in the API."""
    (award,) = planted.surface.harness.rows(
        "SELECT award_id::text FROM awards WHERE program = %s AND recipient = %s "
        "AND badge = 'trust' AND standing ORDER BY award_id LIMIT 1",
        OTHER, PERSON,
    )  # fmt: skip
    return f"/v1/programs/{OTHER}/me/awards/{award[0]}/share"


def _share(planted: Planted, *, show_name: bool) -> str:
    """Let the person share it; gives the credential."""
    headers = {**bearer(_ME), "Content-Type": "application/json"}
    body = json.dumps({"show_name": show_name}).encode()
    answer = planted.surface.client.ask("PUT", _award(planted), headers, body)
    return planted.surface.get(f"/a/{answer.json()['share_id']}/credential.jwt").text


def _stop(planted: Planted) -> None:
    planted.surface.client.ask("DELETE", _award(planted), bearer(_ME))


def _place(credential: str) -> tuple[str, int]:
    status = payload_of(credential)["credentialStatus"]
    path = str(status["statusListCredential"]).removeprefix(PUBLIC)
    return path, int(status["statusListIndex"])


def _is_set(planted: Planted, credential: str) -> bool:
    """Whether the bit of a credential is set, read as the standard describes it."""
    path, index = _place(credential)
    text = payload_of(planted.surface.get(path).text)["credentialSubject"]["encodedList"][1:]
    bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return "".join(f"{byte:08b}" for byte in bits)[index] == "1"


def _lists(planted: Planted) -> Iterator[str]:
    # Several, since the middle of a byte cannot tell from which end it is counted.
    for _ in range(3):
        credential = _share(planted, show_name=False)
        if _is_set(planted, credential):
            yield "the bit of a good credential is set"
        _stop(planted)
        if not _is_set(planted, credential):
            yield "the bit of a withdrawn credential is not set"


def _form(planted: Planted) -> Iterator[str]:
    token = issued()
    if set(header_of(token)) != {"alg", "kid", "typ"}:
        yield f"the header of a credential has {sorted(header_of(token))}"
    other = issued(subject=replace(WEN, salt="b3RoZXI"))
    hashes = {
        payload_of(one)["credentialSubject"]["identifier"][0]["identityHash"]
        for one in (token, other)
    }
    if len(hashes) != 2:
        yield "the hash of an e-mail address tells that two credentials are one person's"


def _signatures(planted: Planted) -> Iterator[str]:
    keys = signing_keys()
    foreign = addresses.key(addresses.issuer(HOST, "other"), keys.current.thumbprint())
    payload = json.dumps(payload_of(issued()))
    for what, token in (
        ("that was changed", altered(issued(), name="Momentum, platinum")),
        ("that somebody else signed", issued(keys=other_signing_keys())),
        (
            "that names the key of another program",
            jws.serialize_compact(
                {**header_of(issued()), "kid": foreign}, payload, keys.current, ["RS256"]
            ),
        ),
    ):
        try:
            verified(token, keys, HOST, EARNED)
        except BadCredential:
            continue
        yield f"a credential {what} is valid"


def _answers(planted: Planted) -> Iterator[str]:
    before = _share(planted, show_name=False)
    after = _share(planted, show_name=True)
    unknown = issued(host=PUBLIC, achievement=GOLD)
    for what, token, begins in (
        ("replaced", before, "This credential was withdrawn."),
        ("good", after, "This credential is valid."),
        ("never issued", unknown, "This credential is not valid: "),
    ):
        body = urlencode({"text": token}).encode()
        answer = planted.surface.client.ask("POST", "/verify", _FORM, body)
        if f'id="verdict">{begins}' not in answer.text:
            yield f"of a credential that was {what} /verify does not say: {begins}"
    _stop(planted)


CHECKS: dict[str, Callable[[Planted], list[str] | Iterator[str]]] = {
    "K1": _lists,
    "K2": _form,
    "K3": _signatures,
    "K4": _answers,
}
