"""Private texts of cases: in the log only, sealed under the key of the case."""

import re

from events.schemas.values import CONTROLS_IN_TEXT, MOST_OF_A_NARRATIVE
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.store.cases import Case
from governance.store.log import LogEntry, LogKind

_CONTROLS = re.compile(f"[{CONTROLS_IN_TEXT}]")


def seal(sitting: Sitting, case: Case, kind: LogKind, text: str) -> bytes | None:
    """A text as an entry of this kind keeps it; None if there is none.

    Raises:
        CaseRefused: not-allowed, as it is too long or has control characters; key-erased.
    """
    if not text.strip():
        return None
    check(text)
    return sitting.keys.key_of(case).seal(text.encode(), _bound(case, kind))


def check(text: str) -> None:
    """Raises CaseRefused (not-allowed): a text is too long or has control characters."""
    if len(text) > MOST_OF_A_NARRATIVE or _CONTROLS.search(text):
        raise CaseRefused(
            "not-allowed",
            f"A text may have up to {MOST_OF_A_NARRATIVE} characters, and no control characters.",
        )


def read(sitting: Sitting, case: Case, entry: LogEntry) -> str | None:
    """The text of an entry of the case; None if it has none, or if the subject was erased."""
    if entry.sealed is None or case.wrapped_key is None:
        return None
    key = sitting.keys.key_of(case)
    return key.open(entry.sealed, _bound(case, entry.kind)).decode()


def _bound(case: Case, kind: str) -> str:
    return f"{case.case_id}/{kind}"
