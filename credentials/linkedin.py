"""What LinkedIn asks about a licence or certification, and links that fill its forms."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

_ADD = "https://www.linkedin.com/profile/add"
_POST = "https://www.linkedin.com/sharing/share-offsite/"


@dataclass(frozen=True, slots=True)
class LinkedinFields:
    """The fields of its form, as they are copied by hand. `issue_month`: 1 to 12, in UTC, as the
    year is."""

    name: str
    organization: str
    issue_year: int
    issue_month: int
    credential_id: str
    credential_url: str


def fields(
    name: str, organization: str, awarded: datetime, credential_id: UUID, credential_url: str
) -> LinkedinFields:
    """The fields of an award. `name`: of the achievement; `credential_url`: its public page."""
    day = awarded.astimezone(UTC)
    return LinkedinFields(
        name, organization, day.year, day.month, str(credential_id), credential_url
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
        "certUrl": of.credential_url,
        "certId": of.credential_id,
    }
    return f"{_ADD}?{urlencode(asked)}"


def post(url: str) -> str:
    """Opens a new post that shows a page."""
    return f"{_POST}?{urlencode({'url': url})}"
