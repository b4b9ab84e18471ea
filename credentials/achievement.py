"""What was achieved, and the program that says so, as Open Badges 3.0 writes them.

The documents are served at their own ids and are part of each credential.
"""

from dataclasses import dataclass
from typing import Any

from credentials import addresses

CREDENTIALS_CONTEXT = "https://www.w3.org/ns/credentials/v2"
BADGES_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXT = (CREDENTIALS_CONTEXT, BADGES_CONTEXT)
"""The vocabularies that the documents are written in, in the order that the standard asks."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """A program, as the directory describes it. `url`: its site; None: its page here."""

    program: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Achievement:
    """A badge at one of its levels. `name`: "Momentum, gold", or "Trust" without a level;
    `criterion`: in words, what earns it."""

    issuer: Issuer
    badge: str
    level: str | None
    name: str
    description: str
    criterion: str


def profile(host: str, issuer: Issuer) -> dict[str, Any]:
    """A program as the issuer that a credential names."""
    own = addresses.issuer(host, issuer.program)
    return {"id": own, "type": ["Profile"], "name": issuer.name, "url": issuer.url or own}


def described(host: str, achievement: Achievement) -> dict[str, Any]:
    """An achievement as a credential names it."""
    own = addresses.achievement(
        host, achievement.issuer.program, achievement.badge, achievement.level
    )
    return {
        "id": own,
        "type": ["Achievement"],
        "achievementType": "Badge",
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {"narrative": achievement.criterion},
        "image": {"id": f"{own}.png", "type": "Image"},
    }


def issuer_document(host: str, issuer: Issuer) -> dict[str, Any]:
    """What is served at the id of an issuer."""
    return {"@context": list(CONTEXT), **profile(host, issuer)}


def achievement_document(host: str, achievement: Achievement) -> dict[str, Any]:
    """What is served at the id of an achievement: it also says who awards it."""
    return {
        "@context": list(CONTEXT),
        **described(host, achievement),
        "creator": profile(host, achievement.issuer),
    }
