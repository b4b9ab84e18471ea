"""What LinkedIn asks, as text to copy and as links."""

from datetime import UTC, datetime, timedelta, timezone
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


def test_an_award_that_ends_asks_for_the_month_of_its_last_day() -> None:
    ends = datetime(2028, 2, 29, 23, 0, tzinfo=UTC)  # midnight in Berlin
    earned = datetime(2026, 2, 28, 12, 0, tzinfo=UTC)
    fields = linkedin.fields("Stage", "Aurora", earned, UUID(int=7), PAGE, ends)
    assert (fields.expiration_year, fields.expiration_month) == (2028, 2)
    at_midnight = linkedin.fields(
        "Stage", "Aurora", earned, UUID(int=7), PAGE, datetime(2028, 3, 1, tzinfo=UTC)
    )
    assert (at_midnight.expiration_year, at_midnight.expiration_month) == (2028, 2)
    link = asked(linkedin.add_to_profile(fields, None))
    assert (link["expirationYear"], link["expirationMonth"]) == ("2028", "2")
    assert FIELDS.expiration_year is None


def test_the_other_link_posts_the_page() -> None:
    assert asked(linkedin.post(PAGE)) == {"url": PAGE}
