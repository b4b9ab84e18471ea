"""The file with the keys of cases of tests, as governance reads it."""

import tempfile
from functools import cache
from pathlib import Path

from governance.store import sealing
from governance.store.sealing import CaseKeys


@cache
def case_key_file() -> Path:
    """A file as `badge-web keys` makes one, in a folder that the system cleans up."""
    file = Path(tempfile.mkdtemp(prefix="badge-keys-")) / "cases"
    file.write_text(sealing.new_key_set())
    file.chmod(0o600)
    return file


@cache
def case_keys() -> CaseKeys:
    """What that file has."""
    return CaseKeys.read(case_key_file())
