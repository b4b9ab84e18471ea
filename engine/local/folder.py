"""A temporary folder for the data of one part."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A Unix socket inside it must fit in the 104 bytes macOS allows (Linux: 108).
_LONGEST_PARENT = 50


@contextmanager
def temporary_folder(part: str) -> Iterator[Path]:
    """A private folder for `part`, removed at the end with all that is in it.

    It is where temporary files usually go, or in /tmp if that place has too long a name for a
    socket, or is closed to the account that root runs a part as.
    """
    parent = Path(tempfile.gettempdir()).resolve()
    if len(os.fsencode(parent)) > _LONGEST_PARENT or (os.geteuid() == 0 and not is_open(parent)):
        parent = Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix=f"badge-engine-{part}-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_open(place: Path) -> bool:
    """Whether any account may enter the folder, or run the program, and reach it."""
    return all(step.stat().st_mode & 0o001 for step in (place, *place.parents))
