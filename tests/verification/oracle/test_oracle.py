"""The oracle stands on its own, and its histories hold what they promise."""

import ast
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from events.schemas.facts import FACTS
from tests.support.given import MEETING, given, kudos, meeting, quiz, retracted, survey
from tests.verification.oracle import bad_records
from tests.verification.oracle.bad_records import CASES, INVALID, NOT_AN_EVENT, NOT_JSON, record
from tests.verification.oracle.histories import NOW, history
from tests.verification.oracle.oracle import answer, tell
from tests.verification.oracle.reading import KEYS, RETRACTED, read


@pytest.mark.parametrize("path", [*Path(__file__).parent.glob("[!t]*.py")], ids=lambda p: p.stem)
def test_the_oracle_imports_nothing_of_what_it_checks(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not {name.split(".")[0] for name in names} & {"engine", "events", "replay"}


def test_a_history_worked_out_by_hand() -> None:
    lines = [
        *(meeting(f"m{n}", "ann", "ben", at=10 - n) for n in range(6)),
        meeting("m0", "ben", "ann", at=10),
        meeting("m0", "ann", "ben", at=11),
        b" \r",
        retracted(MEETING, "m1"),
        kudos("k", "ben", "ann", "trust", at=3, message="PRIVATE-m"),
        quiz("q", "ann", at=2),
        survey("s", "ben", "ann", 4),
        b"nonsense",
    ]
    said = answer(lines, NOW)
    assert {
        (a["badge"], a["occurrence"], a["recipient_id"], a["loop_id"], a["awarded_at"][5:10])
        for a in said.awards
    } == {
        ("momentum", "bronze", "ann", "loop", "03-10"),
        ("momentum", "bronze", "ben", "loop", "03-10"),
        ("trust", "k", "ann", "loop", "03-03"),
        ("mentorloop-certified", "", "ann", None, "03-02"),
    }
    assert [i["survey_id"] for i in said.invitations] == ["s"]
    dead = {reason: n for reason, n in said.report["dead_letters"].items() if n}
    assert dead == {"malformed": 1, "conflict": 1}
    counts = [said.report[name] for name in ("records", "applied", "duplicates", "retractions")]
    assert counts == [13, 9, 1, 1]
    assert "PRIVATE" not in repr(said)
    assert given(*(line for line in lines if line.strip())).preview.report.as_json() == said.report


def test_the_oracle_knows_every_type_by_its_key() -> None:
    known = {event_type: model.KEY for event_type, model in FACTS.items()}
    assert known == KEYS


@pytest.mark.parametrize("reason", sorted(CASES))
def test_the_oracle_refuses_bad_records_for_their_reason(reason: str) -> None:
    told = {
        "invalid": [record(*case) for case in INVALID],
        "malformed": [*NOT_JSON, *(record(MEETING, **wrong) for wrong in NOT_AN_EVENT)],
    }.get(reason, [])
    report = tell([*told, *_made_up(reason)], NOW).report
    assert report["dead_letters"] | {reason: 0} == dict.fromkeys(report["dead_letters"], 0)
    assert report["dead_letters"][reason] == report["records"] == len(told) + 20


def _made_up(reason: str) -> list[bytes]:
    random = Random(reason)
    return [bad_records.CASES[reason](random) for _ in range(20)]


def test_a_history_is_the_same_for_the_same_seed_and_a_shorter_one_begins_it() -> None:
    assert history(7, 50) == history(7, 80)[:50]
    assert history(7, 50) != history(8, 50)


def test_histories_hold_every_outcome() -> None:
    report = tell(history(1, 2000), NOW).report
    assert all(report["dead_letters"].values())
    assert report["duplicates"] > 100
    assert report["retractions"] > 50


def test_histories_without_conflicts_have_none_and_their_awards_do_not_depend_on_order() -> None:
    lines = history(2, 1500, conflicts=False)
    assert tell(lines, NOW).report["dead_letters"]["conflict"] == 0
    assert answer(lines, NOW).awards == answer(reversed(lines), NOW).awards


def test_histories_retract_before_after_and_twice() -> None:
    lines = history(3, 1000, bad=0)
    seen: Counter[str] = Counter()
    told: set[object] = set()
    withdrawn: set[object] = set()
    for line in lines:
        event = read(line, NOW)
        if event.type != RETRACTED:
            seen["fact after its retraction"] += event.key in withdrawn - told
            told.add(event.key)
        else:
            seen["twice"] += event.key in withdrawn
            seen["after" if event.key in told else "before"] += 1
            withdrawn.add(event.key)
    assert all(seen[what] > 3 for what in ("fact after its retraction", "twice", "after", "before"))


def test_private_messages_are_planted() -> None:
    assert sum(b"PRIVATE-" in line for line in history(4, 500)) > 10
