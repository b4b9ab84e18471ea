"""Every version of a rubric stays readable, with what differs from the one before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.catalog import loader
from engine.store import policies
from governance.calibration import keeping
from governance.calibration.keeping import AnchorGiven
from governance.committee import Committee
from governance.store import anchors
from tests.integration.web.mentors_site import COORDINATOR, IMANI, P, mentors_site
from tests.integration.web.people_surface import PeopleSurface
from tests.integration.web.recognised import CATALOG, PROGRAM
from tests.support.case_keys import case_keys
from tests.support.databases import new_database
from web.views.moment import Readings

API = f"/v1/programs/{PROGRAM}/rubrics"
_NEW = (
    CATALOG.text.replace("practice/1:", "practice/2:")
    .replace("- encourages", "- cheers")
    .replace("encourages,", "cheers,")
)


@pytest.fixture(scope="module")
def there(
    postgres_url: str, _with_all_schemas: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PeopleSurface]:
    folder: Path = tmp_path_factory.mktemp("rubrics")
    with (
        new_database(postgres_url, _with_all_schemas) as url,
        mentors_site(url, folder) as made,
    ):
        with made.harness.transaction() as tx:
            policies.adopt(tx, loader.parse(_NEW), "cora", "Words that raters mean alike")
        yield made


def test_all_versions_are_listed_and_the_latest_says_what_changed(there: PeopleSurface) -> None:
    items = there.get(API, IMANI).json()["items"]
    known = [(one["rubric"], one["version"], one["in_force"], one["before"]) for one in items]
    assert known == [
        ("practice", 2, True, 1), ("practice", 1, False, None), ("unused", 2, True, None)
    ]  # fmt: skip
    assert items[0]["changes"] == [
        {"row": "growth", "level": 1, "before": "encourages", "after": "cheers"}
    ]
    assert there.get(f"{API}/practice/1", COORDINATOR).json() == items[1]
    page = there.get(f"{P}/rubrics", IMANI).text
    for text in ("Practice, version 2", "Practice, version 1", "What changed from version 1"):
        assert text in page


def test_an_anchor_is_an_example_only_once_it_is_retired_and_nobodys(
    there: PeopleSurface,
) -> None:
    """Given an anchor in use, a retired one of somebody, and a retired one of nobody, then the page
    shows the last alone."""
    assert there.pools.governance is not None
    reader = Readings(there.pools.reader, there.pools.people).reader
    committee = Committee(there.pools.governance, reader, case_keys(), lambda: there.now)
    kept = {}
    for title, whose in (("In use", ""), ("Of a learner", "mio"), ("A first hour", "")):
        with committee.sitting() as sitting:
            given = AnchorGiven(
                "practice/2", title, f"{title}: what happened", {"care": 2, "growth": 3}, whose
            )
            kept[title] = keeping.keep(sitting, PROGRAM, "cora", given).anchor_id
    with committee.sitting() as sitting:
        for title in ("Of a learner", "A first hour"):
            keeping.retire(sitting, PROGRAM, kept[title], "cora")
        (example,) = anchors.examples(sitting.tx, sitting.keys, PROGRAM)
    assert example.anchor_id == kept["A first hour"]
    page = there.get(f"{P}/rubrics", IMANI).text
    assert "A first hour: what happened" in page
    assert "In use" not in page
    assert "Of a learner" not in page
