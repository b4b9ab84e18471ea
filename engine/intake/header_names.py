"""Names of headers, to be shown. Anybody may make them up: what is not plainly a name may be
anything, a private message too. U+FFFD is there for bytes that were not UTF-8."""

import re
from collections.abc import Iterable
from itertools import islice

_NAME = re.compile(r"[A-Za-z0-9._\ufffd-]{1,64}")
_AT_MOST = 20


def shown(names: Iterable[str]) -> list[str]:
    """The first names, each as it is if it is plainly one, else as "…"."""
    return [name if _NAME.fullmatch(name) else "…" for name in islice(names, _AT_MOST)]
