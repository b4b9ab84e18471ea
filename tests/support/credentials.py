"""A credential as tests issue it, and what to change in one."""

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from credentials.achievement import Achievement, Issuer
from credentials.credential import CredentialSubject, StatusEntry
from tests.support.signing_keys import signing_keys
from web.sharing import issuing

HOST = "https://badges.example"
ISSUER = Issuer("northfield-alumni", "Northfield Alumni", None)
GOLD = Achievement(
    ISSUER,
    "momentum",
    "gold",
    "Momentum, gold",
    "Keeping the conversation going, meeting after meeting",
    "Meetings attended: 15, in one mentoring loop",
)
WEN = CredentialSubject(UUID(int=1), "wen@example.org", "c2FsdA", None)
CREDENTIAL = UUID("8c6dd2a8-31ee-4d72-9f3e-5a1c38e8a0d1")
EARNED = datetime(2026, 4, 29, 17, 0, 0, 250_000, tzinfo=UTC)
STATUS = StatusEntry(3, 94_567)


def issued(**changes: Any) -> str:
    """A credential; `changes`: arguments of `issue` that are others."""
    given: dict[str, Any] = {
        "keys": signing_keys(),
        "host": HOST,
        "achievement": GOLD,
        "subject": WEN,
        "credential_id": CREDENTIAL,
        "valid_from": EARNED,
        "status": STATUS,
    }
    return issuing.issue(**{**given, **changes})


def shown_as(name: str) -> CredentialSubject:
    """Wen, who shows this name."""
    return replace(WEN, display_name=name)


def header_of(jws: str) -> dict[str, Any]:
    """What a JWS says of itself."""
    return _part(jws, 0)


def payload_of(jws: str) -> dict[str, Any]:
    """What a JWS says."""
    return _part(jws, 1)


def altered(jws: str, **members: Any) -> str:
    """A JWS that says something else under its old signature."""
    head, _, signature = jws.split(".")
    return ".".join((head, encoded({**payload_of(jws), **members}), signature))


def encoded(members: Mapping[str, Any]) -> str:
    """JSON as a part of a JWS."""
    return base64.urlsafe_b64encode(json.dumps(members).encode()).rstrip(b"=").decode()


def _part(jws: str, number: int) -> dict[str, Any]:
    text = jws.split(".")[number]
    part: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return part
