"""Who asks for JSON gets the document; who asks for a page, or for anything, gets the page."""

import pytest

from web.http.accepting import prefers_json

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("application/json", True),
        ("application/ld+json", True),
        ("APPLICATION/JSON", True),
        ("application/json, text/plain, */*", True),
        ("application/ld+json;profile=x, text/html;q=0.5", True),
        ("text/html;q=0.2, application/json;q=0.3", True),
        ("application/*", True),
        ("", False),
        ("*/*", False),
        (BROWSER, False),
        ("text/html, application/json", False),
        ("application/json;q=0", False),
        ("application/json;q=x", False),
        ("image/png", False),
        (",;,=", False),
    ],
)
def test_which_of_two_forms_is_wanted(accept: str, wanted: bool) -> None:
    assert prefers_json(accept) is wanted
