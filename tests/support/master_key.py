"""The file with the master key of tests, as a web process reads it."""

import json
import tempfile
from functools import cache
from pathlib import Path

from tests.support import notes
from web.notes import master_keys
from web.notes.master_keys import MasterKeys


@cache
def master_key_file() -> Path:
    """A file as `badge-web keys` makes one, in a folder that the system cleans up."""
    file = Path(tempfile.mkdtemp(prefix="badge-keys-")) / "notes"
    file.write_text(json.dumps([dict(notes.PRIVATE)]))
    file.chmod(0o600)
    return file


@cache
def master_key() -> MasterKeys:
    """What that file has."""
    return master_keys.read(master_key_file())
