"""Verdicts on made-up credentials, as /verify shows them, and what credentials name."""

from datetime import UTC, datetime
from uuid import UUID

from credentials.artwork.drawing import Art
from credentials.verification import CredentialClaims, CredentialFault
from tests.pages.share_samples import AWARDS, HOST, SHARE_ID
from web.sharing.checking import (
    Checked,
    InvalidCredential,
    ValidCredential,
    WithdrawnCredential,
)


def _claims(program: str, name: str | None) -> CredentialClaims:
    achieved = AWARDS[program].achievement
    return CredentialClaims(
        credential_id=UUID(int=1),
        issuer_url=f"/issuers/{program}",
        issuer=achieved.issuer.name,
        achievement_url=f"/achievements/{program}/{achieved.badge}",
        achievement=achieved.name,
        description=achieved.description,
        criterion=achieved.criterion,
        valid_from=datetime(2026, 4, 29, 17, tzinfo=UTC),
        display_name=name,
        status_list=f"{HOST}/credentials/status/3",
        status_index=94_567,
        email_hash="sha256$00",
        email_salt="salt",
    )


CHECKED: dict[str, Checked] = {
    "valid": ValidCredential(_claims("northfield", None), SHARE_ID),
    "named": ValidCredential(_claims("long", AWARDS["long"].holder), None),
    "withdrawn": WithdrawnCredential(
        _claims("northfield", None), datetime(2026, 5, 3, 8, tzinfo=UTC)
    ),
    "ended": WithdrawnCredential(None, None),
    "changed": InvalidCredential(CredentialFault.BAD_SIGNATURE),
    "nothing": InvalidCredential(CredentialFault.EMPTY),
}
"""By what was given."""

ARTS = {
    program: Art(
        shown.achievement.badge,
        shown.category,
        level=shown.achievement.level,
        levelled=shown.is_levelled,
    )
    for program, shown in AWARDS.items()
}
"""How the badge of each program's achievement is drawn."""
