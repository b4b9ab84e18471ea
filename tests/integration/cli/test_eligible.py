"""`badge-engine eligible`: checklists, who is ready, JSON lines, and a simulation."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import tell_all
from tests.support import mentors
from tests.support.given import meeting
from tests.verification.oracle.worked_examples import WorkedCase, worked_cases

EXACT = worked_cases("03-*")[0]
AS_OF = "2026-02-10T17:00:00Z"


def tell_by_topic(engine: Engine, records: list[bytes]) -> None:
    for on, values in mentors.by_topic(records).items():
        tell_all(engine, values, on=on)


@pytest.fixture
def aurora(under: Callable[[str], Engine]) -> WorkedCase:
    tell_by_topic(under(EXACT.catalog), EXACT.lines)
    return EXACT


def test_a_checklist_shows_how_much_there_is_and_what_of(
    aurora: WorkedCase, badge_engine: Command
) -> None:
    ran = badge_engine(
        "eligible", "--program", "aurora", "--participant", "imani", "--as-of", AS_OF
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "proficient-mentor · imani · as of 2026-02-10T17:00:00.000000Z · "
        "ready for the committee (1 of 1 lines)",
        "  ok  m  2.5 of 2.5  3 of 3 reviews (1 panel)  shown per panel, never per reviewer",
        "",
    ]


def test_json_lines_are_those_of_a_file(aurora: WorkedCase, badge_engine: Command) -> None:
    ran = badge_engine("eligible", "--program", "aurora", "--as-of", AS_OF, "--json")
    lines = {line["participant_id"]: line for line in map(json.loads, ran.out.splitlines())}
    assert lines["imani"]["root"] == {
        "kind": "at_least", "of": "m", "met": True, "have": "2.500000", "need": "2.500000",
        "sample": 3, "sample_needed": 3, "months": None,
    }  # fmt: skip
    assert list(lines) == sorted(lines)


def test_a_whole_program_shows_who_is_ready_and_leaves_out_who_has_nothing(
    aurora: WorkedCase, badge_engine: Command
) -> None:
    ran = badge_engine("eligible", "--program", "aurora", "--as-of", AS_OF)
    assert ran.out == "imani  proficient-mentor  ready for the committee (1 of 1 lines)\n"


def test_a_simulation_names_those_for_whom_the_answer_would_change(
    aurora: WorkedCase, badge_engine: Command, tmp_path: Path
) -> None:
    raised = tmp_path / "raised.yaml"
    raised.write_text(EXACT.catalog.replace("value: 2.5", "value: 3.0"))
    options = ("eligible", "--program", "aurora", "--as-of", AS_OF, "--compare", "--catalog")
    same, other = (badge_engine(*options, path) for path in (tmp_path / "catalog.yaml", raised))
    assert same.out == "the answer would change for nobody\n"
    assert other.out == "imani  proficient-mentor: ready now, not under the other\n"
    (line,) = map(json.loads, badge_engine(*options, raised, "--json").out.splitlines())
    assert (line["participant_id"], line["met"]) == ("imani", False)


def test_what_is_missing_is_stated_in_plain_words(
    under: Callable[[str], Engine], badge_engine: Command
) -> None:
    tell_by_topic(under(mentors.CATALOG), mentors.history(1))
    ran = badge_engine(
        "eligible", "--program", "guild", "--participant", "ada", "--as-of", "2026-05-30T00:00:00Z",
        "--stage", "second",
    )  # fmt: skip
    assert "not ready (" in ran.out
    _, _, missing = ran.out.partition("missing:\n")
    assert missing.splitlines()[0].strip()


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (("--program", "elsewhere"), 1, "no program is called elsewhere"),
        (("--program", "aurora", "--stage", "third"), 2, "no stage of catalog"),
        (("--program", "aurora", "--participant", "nobody"), 1, "names nobody"),
        (("--program", "aurora", "--compare"), 2, "--compare compares"),
        (("--program", "aurora", "--catalog", "mentorloop"), 2, "has no stage"),
    ],
)
def test_what_does_not_exist_is_named(
    aurora: WorkedCase, badge_engine: Command, options: tuple[str, ...], code: int, why: str
) -> None:
    ran = badge_engine("eligible", *options, "--as-of", "2999-01-01T00:00:00Z")
    assert ran.code == code
    assert why in ran.err


def test_a_program_whose_catalog_has_no_stages(store: Engine, badge_engine: Command) -> None:
    tell_all(store, [meeting("m1", "ann")])
    ran = badge_engine("eligible", "--program", "program")
    assert (ran.code, "has no stage that is asked for anything" in ran.err) == (2, True)


def test_explain_shows_what_the_committee_asks_for_a_stage(
    aurora: WorkedCase, badge_engine: Command
) -> None:
    ran = badge_engine(
        "explain", "--program", "aurora", "--participant", "imani", "--badge", "proficient-mentor"
    )
    assert (ran.code, ran.err) == (0, "")
    assert "ready for the committee (1 of 1 lines)\n  ok  m  2.5 of 2.5  3 of 3" in ran.out
