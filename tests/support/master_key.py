"""The master key of tests: made once a run, and its file."""

import json
import tempfile
from functools import cache
from pathlib import Path

from web.notes import master_keys
from web.notes.master_keys import MasterKeys


@cache
def master_key_file() -> Path:
    """A file as `badge-web keys` makes it, in a folder that the system cleans up."""
    file = Path(tempfile.mkdtemp(prefix="badge-keys-")) / "notes"
    file.write_text(json.dumps([master_keys.new_key()]))
    file.chmod(0o600)
    return file


@cache
def master_key() -> MasterKeys:
    """What that file has."""
    return master_keys.read(master_key_file())
