"""The example's directory is what its script writes, and describes everybody of the history."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from events.outgoing import key_of_description
from events.schemas.registry import read_description
from examples.cast import LOOPS
from examples.make_history import HALF_YEAR, PEOPLE, write_people
from examples.people import NEWCOMER

EVENTS = [json.loads(line) for line in PEOPLE.read_bytes().splitlines()]


def described(kind: str) -> list[dict[str, Any]]:
    return [event["data"] for event in EVENTS if event["type"] == f"mentoring.{kind}.described.v1"]


def test_the_script_writes_the_committed_file_byte_for_byte(tmp_path: Path) -> None:
    count = write_people(tmp_path / "again.jsonl")

    assert (tmp_path / "again.jsonl").read_bytes() == PEOPLE.read_bytes()
    assert count == len(EVENTS)


def test_every_line_is_a_good_description_of_a_subject_of_its_own() -> None:
    keys = [key_of_description(line) for line in PEOPLE.read_bytes().splitlines()]

    assert len(set(keys)) == len(keys) == len({event["id"] for event in EVENTS})
    for event in EVENTS:
        assert read_description(event["type"], event["data"]).body() == event["data"]


def test_everybody_and_every_loop_of_the_history_is_described() -> None:
    people = {(data["program_id"], data["participant_id"]) for data in described("participant")}
    loops = {data["loop_id"]: data for data in described("loop")}

    assert people == {(loop.program, name) for loop in LOOPS for name in loop.people} | {
        ("northfield-alumni", NEWCOMER)
    }
    assert len(people) == 53 + 1
    for loop in LOOPS:
        members = loops[loop.id]["members"]
        assert [member["participant_id"] for member in members] == list(loop.people)
    assert len(loops) == 25 + 1


def test_the_people_whom_the_history_names_are_those_described() -> None:
    people = {(data["program_id"], data["participant_id"]) for data in described("participant")}
    named = set()
    for line in HALF_YEAR.read_bytes().splitlines():
        if b'"attendee_ids"' in line and b"transcript" not in line and line.endswith(b"}}"):
            data = json.loads(line)["data"]
            named |= {(data["program_id"], name) for name in data["attendee_ids"]}

    assert named - people == set()


def test_the_newcomer_is_in_one_open_loop_in_which_nothing_happened() -> None:
    (loop,) = [
        data
        for data in described("loop")
        if any(member["participant_id"] == NEWCOMER for member in data["members"])
    ]

    assert loop["state"] == "open"
    assert loop["loop_id"].encode() not in HALF_YEAR.read_bytes()


def test_two_programs_let_their_people_find_each_other() -> None:
    assert {data["program_id"]: data["self_match"] for data in described("program")} == {
        "northfield-alumni": True,
        "riverside-makers": True,
        "kestrel-engineering": False,
    }


def test_addresses_are_of_nobody() -> None:
    domains = Counter(data["email"].partition("@")[2] for data in described("participant"))

    assert set(domains) == {"example.org"}
