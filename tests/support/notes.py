"""A master key for tests, whose private half is known, and what opens the notes sealed under it."""

import json
import os
from collections.abc import Mapping
from typing import Any

from joserfc import jwe
from joserfc.jwk import OKPKey

from engine.store.postgres.connection import Transaction
from events.public_key import PublicKey

PRIVATE: Mapping[str, str] = {
    "kty": "OKP",
    "crv": "X25519",
    "x": "VNNfMIpP772dSrn-NN7jKPnw9lPTnVzFMe-oi1_kdHk",
    "d": "8FhlYxyokJtkBbxSfxDnhFXf8maQunAs3NUpusSvCV4",
    "kid": "SHN5J_jFarpz_gaZKx7pK5XGrpWhY4arugv6PNT4MHE",
}
MASTER = PublicKey.of_jwk(PRIVATE)
SETTING = json.dumps(MASTER.jwk())
_ALGORITHMS = ["ECDH-ES", "A256GCM"]


def set_for_all() -> None:
    """Every process of the tests seals to MASTER, unless it is told otherwise."""
    os.environ.setdefault("BADGE_ENGINE_NOTES_PUBLIC_KEY", SETTING)


def opened(tx: Transaction) -> list[str]:
    """The notes that are stored and can be opened, in the order of their text."""
    keys = {
        kid: open_sealed(wrapped, PRIVATE)
        for kid, wrapped in tx.rows("SELECT kid, wrapped FROM note_keys WHERE wrapped IS NOT NULL")
    }
    stored = tx.rows("SELECT kid, message FROM messages")
    return sorted(open_sealed(text, keys[kid])["note"] for kid, text in stored if kid in keys)


def open_sealed(sealed: str, private: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON that a sealed text holds."""
    key = OKPKey.import_key(dict(private))
    plaintext = jwe.decrypt_compact(sealed, key, algorithms=_ALGORITHMS).plaintext
    assert plaintext is not None
    found: dict[str, Any] = json.loads(plaintext)
    return found
