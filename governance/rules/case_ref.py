"""What a case, and with it its subject, is called where no name may stand: in packs and minutes."""

import hashlib

_DIGITS = 8


def case_ref(case_id: str) -> str:
    """The pseudonym of a case: the first digits of the SHA-256 of its id, so that it does not
    open what the id would."""
    return hashlib.sha256(case_id.encode()).hexdigest()[:_DIGITS]
