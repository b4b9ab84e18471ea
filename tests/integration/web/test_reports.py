"""The report of a program: its numbers are those of a second, naive computation over the example
half-year, whatever the range; and who stands where in its list of people."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.handlers.policy import IntakePolicy
from tests.integration.web.people_surface import (
    PeopleSurface,
    coordinator,
    described_loop,
    described_person,
    described_program,
)
from tests.support import naive_report
from tests.support.given import kudos, meeting, survey
from tests.support.naive_report import NaiveAward, NaiveHistory
from tests.support.notes import MASTER

EXAMPLES = Path(__file__).parents[3] / "examples"
PROGRAMS = ("northfield-alumni", "riverside-makers", "kestrel-engineering")
_AFTER = IntakePolicy(clock=lambda: datetime(2026, 7, 2, tzinfo=UTC), notes_key=MASTER)


@pytest.fixture(scope="module")
def half_year(empty_surface: PeopleSurface) -> dict[str, NaiveHistory]:
    lines = (EXAMPLES / "half-year.jsonl").read_bytes().splitlines()
    empty_surface.harness.tell(*lines, terms=_AFTER)
    records = [_described(line) for line in (EXAMPLES / "people.jsonl").read_bytes().splitlines()]
    empty_surface.describe(*records)
    return {name: _history(empty_surface, name, lines) for name in PROGRAMS}


def _described(line: bytes) -> tuple[bytes, bytes]:
    event = json.loads(line)
    kind = event["type"].split(".")[1]
    key = (kind, event["data"]["program_id"], event["data"][f"{kind}_id"])
    return "\x1f".join(key).encode(), line


def _history(surface: PeopleSurface, program: str, lines: list[bytes]) -> NaiveHistory:
    told = [json.loads(line) for line in (EXAMPLES / "people.jsonl").read_bytes().splitlines()]
    own = [event for event in told if event["data"]["program_id"] == program]
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for event in own:
        by_kind.setdefault(event["type"].split(".")[1], []).append(event["data"])
    awards = surface.harness.rows(
        "SELECT loop, recipient, badge, level, occurrence, awarded_at, giver FROM awards "
        "WHERE standing AND program = %s",
        program,
    )
    contents = [content for (content,) in surface.harness.rows("SELECT content FROM ledger")]
    facts = naive_report.standing_facts(
        c for c in contents if json.loads(c)["program_id"] == program
    )
    events = (json.loads(line) for line in lines if b'"message"' in line)
    return NaiveHistory(
        zone=by_kind["program"][0]["timezone"],
        awards=tuple(NaiveAward(*row) for row in awards),
        facts=facts,
        noted=frozenset(event["data"]["kudos_id"] for event in events),
        people=frozenset(
            [person["participant_id"] for person in by_kind["participant"]]
            + [m["participant_id"] for loop in by_kind["loop"] for m in loop["members"]]
        ),
        loops=frozenset(loop["loop_id"] for loop in by_kind["loop"]),
    )


def _ranges() -> Iterator[tuple[date, date]]:
    yield date(2026, 1, 1), date(2026, 6, 30)
    yield date(2026, 3, 29), date(2026, 3, 29)  # a day that summer time begins
    yield date(2020, 1, 1), date(2025, 12, 31)
    chance = random.Random(17)
    for _ in range(12):
        begin = date(2025, 12, 20) + timedelta(days=chance.randrange(190))
        yield begin, begin + timedelta(days=chance.randrange(120))


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_report_has_the_numbers_of_a_naive_computation(
    empty_surface: PeopleSurface, half_year: dict[str, NaiveHistory], program: str
) -> None:
    """Given the half-year, when any range is asked for, then every number is the naive one."""
    for first, last in _ranges():
        answer = empty_surface.get(
            f"/v1/programs/{program}/report?from={first}&to={last}", coordinator(program)
        ).json()
        expected = naive_report.report(half_year[program], first, last)
        expected["loop_kudos"] = _ten_most(expected["loop_kudos"])
        assert _comparable(answer) == expected, (first, last)


def _ten_most(loops: dict[str, int]) -> dict[str, int]:
    return dict(sorted(loops.items(), key=lambda item: (-item[1], item[0]))[:10])


def _comparable(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer in the shape of the naive one: what is zero is left out."""
    plain = {name: answer[name] for name in ("people", "loops", "with_kudos", "without", "never")}
    months = {
        month["month"]: {kind: n for kind, n in month["by_kind"].items() if n}
        for month in answer["kudos"]["by_month"]
        if month["total"]
    }
    assert sum(m["total"] for m in answer["kudos"]["by_month"]) == answer["kudos"]["total"]
    return plain | {
        "kudos": {
            kind["badge"]: kind["total"] for kind in answer["kudos"]["by_kind"] if kind["total"]
        },
        "months": months,
        "loop_kudos": {loop["loop_id"]: loop["kudos"] for loop in answer["top_loops"]},
        "achievements": {
            (badge["badge"], level["level"]): level["total"]
            for badge in answer["achievements"]["by_badge"]
            for level in badge["levels"]
            if level["total"]
        },
        "milestones": {
            one["milestone"]: one["people"] for one in answer["milestones"] if one["people"]
        },
        "notes": answer["notes"],
        "days": answer["median_days_to_first_kudos"],
    }


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_list_of_people_has_the_numbers_of_a_naive_computation(
    empty_surface: PeopleSurface, half_year: dict[str, NaiveHistory], program: str
) -> None:
    history = half_year[program]
    path = f"/v1/programs/{program}/report/people"
    items = empty_surface.get(f"{path}?limit=100", coordinator(program)).json()["items"]
    listed = {item["person"]["participant_id"]: item for item in items}
    assert listed.keys() == history.people
    for name, item in listed.items():
        own = [award for award in history.awards if award.recipient == name]
        gave = [award for award in history.awards if award.giver == name]
        assert item["kudos_received"] == sum(award.giver is not None for award in own)
        assert item["kudos_given"] == len(gave)
        assert item["badges"] == len({award.badge for award in own})
        assert item["last_at"] == max((a.awarded_at for a in [*own, *gave]), default=None)
    for which, field in (
        ("no_kudos", "kudos_received"), ("gave_none", "kudos_given"), ("no_badges", "badges"),
    ):  # fmt: skip
        some = empty_surface.get(f"{path}?filter={which}&limit=100", coordinator(program)).json()
        wanted = [name for name, item in listed.items() if item[field] == 0]
        assert [item["person"]["participant_id"] for item in some["items"]] == wanted
        assert some["total"] == len(wanted)


def test_who_is_near_lacks_one_of_what_some_loop_board_asks_for(
    empty_surface: PeopleSurface, half_year: dict[str, NaiveHistory]
) -> None:
    """Given the half-year, then `near` lists exactly those for whom a board of theirs says so."""
    for program in PROGRAMS:
        me = coordinator(program)
        expected = set()
        for name in half_year[program].people:
            board = empty_surface.get(f"/v1/programs/{program}/people/{name}/badges?limit=100", me)
            for loop in board.json()["loops"]:
                for badge in loop["badges"]:
                    step = badge["next"]
                    if step and 0 < step["have"] == step["need"] - 1:
                        expected.add(name)
        answer = empty_surface.get(
            f"/v1/programs/{program}/report/people?filter=near&limit=100", me
        )
        near = answer.json()["items"]
        assert {item["person"]["participant_id"] for item in near} == expected
        assert all(item["near"]["have"] == item["near"]["need"] - 1 for item in near)


def test_a_report_is_computed_once_a_minute(empty_surface: PeopleSurface) -> None:
    """Given a report, when something happens, then it is in the report of a minute later."""
    empty_surface.describe(described_program("kept"), described_person("kept", "ana"))
    path, me = "/v1/programs/kept/report?from=2026-01-01&to=2026-12-31", coordinator("kept")
    first = empty_surface.get(path, me).json()
    given = kudos("k", "bob", "ana", "trust", program_id="kept", loop_id="l")
    empty_surface.harness.tell(given)
    empty_surface.move(seconds=59)
    assert empty_surface.get(path, me).json() == first
    empty_surface.move(seconds=1)
    later = empty_surface.get(path, me).json()
    assert (later["kudos"]["total"], later["people"], later["never"]) == (1, 2, 1)
    assert later["as_of"] > first["as_of"]


def test_a_name_that_is_forgotten_is_gone_at_once(empty_surface: PeopleSurface) -> None:
    """Given a list that is kept, when somebody is forgotten, then their name is not in it."""
    program, me = "forgets", coordinator("forgets")
    key, value = described_person(program, "quill-1234", display_name="Xanthippe Quill")
    empty_surface.describe(described_program(program), (key, value))
    empty_surface.harness.tell(meeting("m", "quill-1234", program_id=program, loop_id="l"))
    for path in ("/v1/programs/forgets/report/people", "/p/forgets/people", "/p/forgets/overview"):
        assert "Xanthippe" in empty_surface.get(path, me).text
    empty_surface.describe((key, None))
    for path in ("/v1/programs/forgets/report/people", "/p/forgets/people", "/p/forgets/overview"):
        answer = empty_surface.get(path, me)
        assert "Participant 1234" in answer.text
        assert "Xanthippe" not in answer.text


def test_people_are_sorted_searched_and_paged(empty_surface: PeopleSurface) -> None:
    program, me = "many", coordinator("many")
    people = [
        described_person(program, f"p{n:03}", display_name=f"Émile {n:03}") for n in range(120)
    ]
    empty_surface.describe(described_program(program), *people)
    empty_surface.harness.tell(
        *(
            kudos(f"k{n}", "p000", f"p{119 - n % 7:03}", "trust", program_id=program, loop_id="l")
            for n in range(20)
        )
    )
    page = empty_surface.get("/p/many/people?sort=-received", me).text
    assert page.index("Émile 119") < page.index("Émile 113") < page.index("Émile 000")
    assert 'aria-sort="descending"' in page
    found = empty_surface.get("/p/many/people?q=%C3%A9MILE+11", me).text
    assert found.count("</tr>") == 11  # 110 to 119, and the heads
    seen: list[str] = []
    after = ""
    while after is not None:
        path = f"/v1/programs/many/report/people?limit=50&after={after}"
        answer = empty_surface.get(path, me).json()
        seen += [item["person"]["participant_id"] for item in answer["items"]]
        after = answer["next"]
    assert seen == [f"p{n:03}" for n in range(120)]


def test_loops_that_nobody_described_are_counted_too(empty_surface: PeopleSurface) -> None:
    """Given a described loop that somebody left, then it is not theirs, though they met in it."""
    program, me = "undescribed", coordinator("undescribed")
    empty_surface.describe(
        described_program(program),
        described_loop(program, "known", "ana"),
        described_person(program, "gone", active=False),
    )
    place: dict[str, Any] = {"program_id": program}
    empty_surface.harness.tell(
        meeting("m1", "ana", "bob", loop_id="known", **place),
        meeting("m2", "ana", "bob", loop_id="other", **place),
        survey("s", "bob", "ana", loop_id="other", **place),
    )
    report = empty_surface.get(f"/v1/programs/{program}/report", me).json()
    assert (report["people"], report["loops"]) == (2, 2)
    items = empty_surface.get(f"/v1/programs/{program}/report/people", me).json()["items"]
    assert {i["person"]["participant_id"]: i["loops"] for i in items} == {"ana": 2, "bob": 1}


def test_the_highlights_of_a_program_go_back_200_days(empty_surface: PeopleSurface) -> None:
    program, me = "bright", coordinator("bright")
    empty_surface.describe(described_program(program))
    day = (empty_surface.now - timedelta(days=200)).date()
    times = (f"{day}T00:00:00Z", f"{day + timedelta(days=1)}T00:00:00Z")
    empty_surface.harness.tell(
        *(
            kudos(f"k{n}", "bob", "ana", "trust", at=at, program_id=program, loop_id="l")
            for n, at in enumerate(times)
        )
    )
    items = empty_surface.get(f"/v1/programs/{program}/highlights", me).json()["items"]
    assert [item["at"][:10] for item in items] == [str(day + timedelta(days=1))]
    assert items[0]["recipient"]["participant_id"] == "ana"
    assert items[0]["by"]["participant_id"] == "bob"
