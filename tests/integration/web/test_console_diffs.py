"""The diff of a generation that was built, as operators look at it; and what pages cost."""

import pytest

from engine.catalog.loader import parse
from tests.integration.cli.ingest import tell
from tests.integration.limits.counting import counted
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.rebuilt import ready
from tests.integration.web.ops_surface import OpsSurface
from tests.support.given import MENTORLOOP, meeting

MOST = 8
RENAMED = MENTORLOOP.text.replace("  momentum:", "  cadence:").replace(
    "[excellence, momentum,", "[excellence, cadence,"
)


@pytest.fixture
def surface(empty_ops: OpsSurface) -> OpsSurface:
    """With five meetings of ann and four of ben."""
    records = [meeting(f"m{n}", "ann", *(["ben"] if n < 4 else []), at=n + 1) for n in range(5)]
    tell(empty_ops.console.pool, *records)
    return empty_ops


def built(surface: OpsSurface, text: str) -> int:
    """The number of a generation under this catalog, built and verified."""
    return ready(ConsoleStore(surface), parse(text))


class ConsoleStore:
    """The surface's database, as what builds generations asks for it."""

    def __init__(self, surface: OpsSurface) -> None:
        self.engine = surface.console.pool
        self.transaction = surface.transaction


def test_a_diff_shows_who_would_gain_what_and_why(surface: OpsSurface) -> None:
    number = built(surface, bronze_at(4).text)
    shown = surface.get(f"/v1/ops/generations/{number}/diff").json()
    (count,) = shown["counts"]
    assert (count["badge"], count["gained"], count["lost"], count["moved"]) == ("momentum", 1, 0, 1)
    by_change = {item["change"]: item for item in shown["items"]}
    assert by_change["gained"]["recipient_id"] == "ben"
    assert "now needs" in by_change["gained"]["why"]
    assert by_change["moved"]["recipient_id"] == "ann"
    page = surface.get(f"/ops/replay/{number}")
    assert page.status == 200
    assert "ben" in page.text
    assert f"badge-replay diff {number} --output diff.html" in page.text


def test_a_diff_is_searched_and_paged(surface: OpsSurface) -> None:
    number = built(surface, bronze_at(4).text)
    path = f"/v1/ops/generations/{number}/diff"
    only = surface.get(f"{path}?change=gained").json()["items"]
    assert [item["recipient_id"] for item in only] == ["ben"]
    assert surface.get(f"{path}?recipient=ann").json()["items"][0]["change"] == "moved"
    assert surface.get(f"{path}?badge=excellence").json()["items"] == []
    first = surface.get(f"{path}?limit=1").json()
    last = surface.get(f"{path}?limit=1&after={first['next']}").json()
    seen = {item["recipient_id"] for item in (*first["items"], *last["items"])}
    assert (seen, last["next"]) == ({"ann", "ben"}, None)
    assert surface.get(f"{path}?after=nonsense").status == 422
    assert "ben" not in surface.get(f"/ops/replay/{number}?recipient=ann").text


def test_a_renamed_badge_is_shown_as_renamed(surface: OpsSurface) -> None:
    number = built(surface, f"{RENAMED}renamed: {{cadence: momentum}}\n")
    shown = surface.get(f"/v1/ops/generations/{number}/diff").json()
    assert [(item["change"], item["badge"]) for item in shown["items"]] == [("renamed", "cadence")]
    assert shown["counts"][0]["renamed"] == 1
    assert "was momentum bronze" in surface.get(f"/ops/replay/{number}").text


def test_a_generation_that_is_live_has_no_diff(surface: OpsSurface) -> None:
    answer = surface.get("/v1/ops/generations/1/diff")
    assert (answer.status, answer.json()["type"].rpartition("/")[2]) == (409, "not-ready")
    assert surface.get("/ops/replay/1").status == 200
    assert surface.get("/v1/ops/generations/4711/diff").status == 404


def test_an_answer_at_the_console_takes_at_most_eight_statements(surface: OpsSurface) -> None:
    tell(surface.console.pool, b"{broken")
    number = built(surface, bronze_at(4).text)
    paths = (
        "/ops",
        "/ops/dead-letters",
        "/ops/dead-letters/1",
        "/ops/replay",
        f"/ops/replay/{number}",
        "/ops/audit",
        "/v1/ops/status",
        "/v1/ops/dead-letters",
        f"/v1/ops/generations/{number}/diff",
        "/v1/ops/audit",
    )
    for path in paths:
        assert surface.get(path).status == 200, path
        with counted() as statements:
            surface.get(path)
        assert statements.total() <= MOST, f"{path}: {statements}"
