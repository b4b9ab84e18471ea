"""The keys that sign the credentials of tests: one pair for all, so that none waits for another."""

import json
import tempfile
from functools import cache
from pathlib import Path

from credentials.signing import SigningKeys, new_key_set


@cache
def signing_key_file() -> Path:
    """A file as `badge-web keys` makes one, in a folder that the system cleans up."""
    file = Path(tempfile.mkdtemp(prefix="badge-keys-")) / "signing"
    file.write_text(new_key_set())
    file.chmod(0o600)
    return file


@cache
def signing_keys() -> SigningKeys:
    """What that file has."""
    return SigningKeys.read(signing_key_file().read_text())


@cache
def other_signing_keys() -> SigningKeys:
    """The key of somebody else."""
    return SigningKeys.read(new_key_set())


def rotated(*older: SigningKeys) -> SigningKeys:
    """A new key in front of older ones, of which the public parts are left."""
    known = [key.as_dict(private=False) for keys in older for key in keys.by_thumbprint.values()]
    fresh = json.loads(new_key_set())["keys"]
    return SigningKeys.read(json.dumps({"keys": [*fresh, *known]}))
