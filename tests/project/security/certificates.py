"""Authorities and certificates for one test run, made by the program `openssl`."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.parts import REQUIRE_KAFKA

KEY_PASSWORD = "SECRET-of-the-key"


@dataclass(frozen=True)
class Certificate:
    """PEM files. `key` opens without a password; `locked_key` is the same under KEY_PASSWORD."""

    certificate: Path
    key: Path
    locked_key: Path

    @property
    def both(self) -> str:
        """Key and certificate as one PEM text."""
        return self.key.read_text() + self.certificate.read_text()


class Authority:
    """A certificate authority with its files in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self.certificate = folder / "authority.pem"
        self._key = folder / "authority.key"
        _openssl(
            *("req", "-x509", "-nodes", "-days", "2", *_NEW_KEY, "-subj", "/CN=test authority"),
            *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
            *("-keyout", self._key, "-out", self.certificate),
        )

    def issue(self, name: str, *names: str) -> Certificate:
        """A certificate for `name`; `names` are what it stands for, as "DNS:…" and "IP:…"."""
        key, request = self._folder / f"{name}.key", self._folder / f"{name}.csr"
        locked, certificate = self._folder / f"{name}.locked.key", self._folder / f"{name}.pem"
        extensions = self._folder / f"{name}.ext"
        alternatives = [f"subjectAltName={','.join(names)}"] if names else []
        extensions.write_text("\n".join([*_STRICT, *alternatives, ""]))
        _openssl(
            *("req", "-nodes", *_NEW_KEY, "-subj", f"/CN={name}", "-keyout", key, "-out", request)
        )
        _openssl(
            *("x509", "-req", "-days", "2", "-CAcreateserial", "-extfile", extensions),
            *("-CA", self.certificate, "-CAkey", self._key, "-in", request, "-out", certificate),
        )
        password = f"pass:{KEY_PASSWORD}"
        _openssl("pkcs8", "-topk8", "-in", key, "-out", locked, "-passout", password)
        return Certificate(certificate, key, locked)


# Without these Python takes no certificate from 3.13 on.
_STRICT = ("basicConstraints=CA:FALSE", "subjectKeyIdentifier=hash", "authorityKeyIdentifier=keyid")
_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")


def _openssl(*arguments: object) -> None:
    if shutil.which("openssl") is None:
        missing = "the program openssl is not on the PATH"
        if os.environ.get(REQUIRE_KAFKA) == "1":
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    done = subprocess.run(
        ["openssl", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
