"""`badge-web keys`: every key that a new deployment needs, made once.

Each is a file named as the setting that names it. Who has the files opens what was sealed to them,
and issues credentials in the name of every program.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from credentials.signing import new_key_set
from engine.cli.console.exit_codes import Failed
from events import sealing
from governance.store import sealing as sealing_of_cases
from notifier import unsubscribe

NOTES_FILE = "BADGE_WEB_NOTES_PRIVATE_KEY_FILE"
NOTES_PUBLIC = "BADGE_ENGINE_NOTES_PUBLIC_KEY"
TOKEN_FILE = "BADGE_WEB_TOKEN_KEY_FILE"
SIGNING_FILE = "BADGE_WEB_SIGNING_KEY_FILE"
CASES_FILE = "BADGE_GOVERNANCE_KEY_FILE"
NOTIFIERS_TOKEN_FILE = "BADGE_NOTIFIER_TOKEN_KEY_FILE"


def make(folder: Path) -> Iterator[str]:
    """Write the keys into a folder, which is made; gives the settings as lines NAME=VALUE.

    Raises:
        Failed: a key is there already (nothing is overwritten), or cannot be written.
    """
    public, private = sealing.new_key_pair()
    texts = {
        NOTES_FILE: json.dumps([private]),
        TOKEN_FILE: unsubscribe.new_key(),
        SIGNING_FILE: new_key_set(),
        CASES_FILE: sealing_of_cases.new_key_set(),
    }
    files = {name: folder.absolute() / name for name in texts}
    for file in files.values():
        if file.exists():
            raise Failed(f"{file}: is there already; a key that is replaced opens nothing more")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, file in files.items():
            _write(file, texts[name])
    except OSError as error:
        raise Failed(f"{file}: cannot be written: {error.strerror}") from None
    yield f"{NOTES_FILE}={files[NOTES_FILE]}"
    yield f"{NOTES_PUBLIC}={json.dumps(public.jwk(), separators=(',', ':'))}"
    yield f"{SIGNING_FILE}={files[SIGNING_FILE]}"
    yield f"{CASES_FILE}={files[CASES_FILE]}"
    yield f"{TOKEN_FILE}={files[TOKEN_FILE]}"
    yield f"{NOTIFIERS_TOKEN_FILE}={files[TOKEN_FILE]}"


def _write(file: Path, text: str) -> None:
    """Write a new file that only its owner reads; all of it, or none."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text + "\n")
        opened.flush()
        os.fsync(descriptor)
