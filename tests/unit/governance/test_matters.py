"""What may be asked of a committee follows from catalog and policy."""

from engine.catalog import loader
from governance.rules import matters


def test_a_committee_decides_stages_and_the_waivers_that_are_counted() -> None:
    catalog = loader.find("recognition")
    known = matters.matters(catalog, catalog.policy)
    assert {name: (each.stage is not None, each.approvers) for name, each in known.items()} == {
        "proficient-mentor": (True, 2),
        "master-mentor": (True, 2),
        "waiver-presence": (False, 2),
    }
    assert list(known) == ["proficient-mentor", "master-mentor", "waiver-presence"]
    assert matters.quorum(catalog.policy) == 3


def test_a_program_without_stages_asks_nothing() -> None:
    catalog = loader.find("mentorloop")
    assert matters.matters(catalog, catalog.policy) == {}
