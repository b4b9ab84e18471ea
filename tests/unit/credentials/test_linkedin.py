"""What LinkedIn asks, as text to copy and as links."""

from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from credentials import linkedin

PAGE = "https://badges.example/a/4kXn"
FIELDS = linkedin.fields(
    "Momentum, gold",
    "Northfield & Friends",
    datetime(2026, 4, 30, 23, 0, tzinfo=timezone(-timedelta(hours=2))),
    UUID(int=7),
    PAGE,
)


def asked(link: str) -> dict[str, str]:
    """What a link asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}


def test_the_month_is_that_of_utc() -> None:
    assert (FIELDS.issue_year, FIELDS.issue_month) == (2026, 5)


def test_the_link_fills_the_form_for_a_certification() -> None:
    assert linkedin.add_to_profile(FIELDS, None).startswith(
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Momentum%2C+gold&"
    )
    assert asked(linkedin.add_to_profile(FIELDS, None)) == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Momentum, gold",
        "organizationName": "Northfield & Friends",
        "issueYear": "2026",
        "issueMonth": "5",
        "certUrl": PAGE,
        "certId": str(UUID(int=7)),
    }


def test_an_organization_with_a_number_there_goes_by_it() -> None:
    link = asked(linkedin.add_to_profile(FIELDS, "1337"))
    assert link["organizationId"] == "1337"
    assert "organizationName" not in link


def test_the_other_link_posts_the_page() -> None:
    assert asked(linkedin.post(PAGE)) == {"url": PAGE}
