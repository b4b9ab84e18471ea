"""From an award that is shared to a signed credential.

A credential is signed once, when its share begins, and kept: what somebody downloaded is what the
page serves, under whichever key signed it.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from credentials import addresses, credential, status_list
from credentials.achievement import Achievement
from credentials.credential import CredentialSubject, StatusEntry
from credentials.signing import SigningKeys


def issue(
    keys: SigningKeys,
    host: str,
    achievement: Achievement,
    subject: CredentialSubject,
    credential_id: UUID,
    valid_from: datetime,
    status: StatusEntry,
    valid_until: datetime | None = None,
) -> str:
    """A credential as a compact JWS. `host`: BADGE_WEB_PUBLIC_URL; `valid_from`: when the award was
    earned; `valid_until`: when it ends, if it does."""
    claims = credential.payload(
        host, achievement, subject, credential_id, valid_from, status, valid_until
    )
    return keys.sign(claims, addresses.issuer(host, achievement.issuer.program))


def list_withdrawn(
    keys: SigningKeys, host: str, program: str, number: int, withdrawn: Iterable[int], at: datetime
) -> str:
    """A status list as a compact JWS. `withdrawn`: places of the list; `at`: now."""
    claims = status_list.status_list(host, program, number, withdrawn, at)
    return keys.sign(claims, addresses.issuer(host, program))
