"""What LinkedIn asks about a licence or certification, and links that fill its forms."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

_ADD = "https://www.linkedin.com/profile/add"
_POST = "https://www.linkedin.com/sharing/share-offsite/"


@dataclass(frozen=True, slots=True)
class LinkedinFields:
    """The fields of its form, as they are copied by hand. Months are 1 to 12, in UTC, as the years
    are. Expiration is the month of the last moment at which it is valid; None if it does not end.
    """

    name: str
    organization: str
    issue_year: int
    issue_month: int
    credential_id: str
    credential_url: str
    expiration_year: int | None = None
    expiration_month: int | None = None


def fields(
    name: str,
    organization: str,
    awarded: datetime,
    credential_id: UUID,
    credential_url: str,
    valid_until: datetime | None = None,
) -> LinkedinFields:
    """The fields of an award. `name`: of the achievement; `credential_url`: its public page."""
    day = awarded.astimezone(UTC)
    last = valid_until.astimezone(UTC) - timedelta(microseconds=1) if valid_until else None
    return LinkedinFields(
        name,
        organization,
        day.year,
        day.month,
        str(credential_id),
        credential_url,
        last.year if last else None,
        last.month if last else None,
    )


def add_to_profile(of: LinkedinFields, organization_id: str | None) -> str:
    """Opens the form with its fields. `organization_id`: LinkedIn's number of the program's page;
    None: the organization goes by its name."""
    organization = (
        {"organizationName": of.organization}
        if organization_id is None
        else {"organizationId": organization_id}
    )
    asked = {
        "startTask": "CERTIFICATION_NAME",
        "name": of.name,
        **organization,
        "issueYear": of.issue_year,
        "issueMonth": of.issue_month,
        **(
            {"expirationYear": of.expiration_year, "expirationMonth": of.expiration_month}
            if of.expiration_year is not None
            else {}
        ),
        "certUrl": of.credential_url,
        "certId": of.credential_id,
    }
    return f"{_ADD}?{urlencode(asked)}"


def post(url: str) -> str:
    """Opens a new post that shows a page."""
    return f"{_POST}?{urlencode({'url': url})}"
