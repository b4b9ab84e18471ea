"""The Java that can run Apache Kafka."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from engine.local.errors import PartMissing

OLDEST = 17


def java() -> str:
    """The path of a `java` of version 17 or later, from JAVA_HOME or else the PATH.

    Raises PartMissing if there is none.
    """
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if program is None or not os.access(program, os.X_OK):
        place = f"there is none in JAVA_HOME={home}" if home else "there is no java on the PATH"
        raise PartMissing(f"Apache Kafka needs Java {OLDEST} or later, and {place}")
    version_text = subprocess.run(
        [program, "-version"], capture_output=True, text=True, check=False
    ).stderr
    version = re.search(r'version "(\d+)', version_text)
    if version is None or int(version[1]) < OLDEST:
        first = version_text.splitlines()[0] if version_text else "nothing"
        raise PartMissing(f"Apache Kafka needs Java {OLDEST} or later; {program} says: {first}")
    return program
