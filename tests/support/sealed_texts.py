"""The private half of the master key of tests, and what opens a sealed text. Nothing of the engine
is loaded with it, so the checker may open notes too."""

import json
from collections.abc import Mapping
from typing import Any

from joserfc import jwe
from joserfc.jwk import OKPKey

PRIVATE: Mapping[str, str] = {
    "kty": "OKP",
    "crv": "X25519",
    "x": "VNNfMIpP772dSrn-NN7jKPnw9lPTnVzFMe-oi1_kdHk",
    "d": "8FhlYxyokJtkBbxSfxDnhFXf8maQunAs3NUpusSvCV4",
    "kid": "SHN5J_jFarpz_gaZKx7pK5XGrpWhY4arugv6PNT4MHE",
}
_ALGORITHMS = ["ECDH-ES", "A256GCM"]


def open_sealed(sealed: str, private: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON that a sealed text holds. Raises JoseError if it does not open."""
    key = OKPKey.import_key(dict(private))
    plaintext = jwe.decrypt_compact(sealed, key, algorithms=_ALGORITHMS).plaintext
    assert plaintext is not None
    found: dict[str, Any] = json.loads(plaintext)
    return found
