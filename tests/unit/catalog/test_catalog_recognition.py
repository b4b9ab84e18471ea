"""The recognition program that ships: what it includes and awards, what its committee asks."""

import json
from typing import Any

from engine.catalog.differences import differences
from engine.catalog.loader import find, parse
from engine.catalog.warnings import warnings
from events.instants import Instant
from replay.build.preview import preview
from tests.support.given import MENTORLOOP

RECOGNITION = find("recognition")
LATEST = Instant("2026-11-30T00:00:00.000000Z")


def decision(number: int, time: str, **data: Any) -> bytes:
    given = {
        "program_id": "aurora",
        "participant_id": "imani",
        "decision_id": f"d-{number}",
        "case": "proficient-mentor",
        "outcome": "granted",
        "as_of": time,
        "approver_ids": ["ruth", "sam"],
        "pack": "9f" * 32,
        "policy": RECOGNITION.policy.digest,
    }
    event = {
        "specversion": "1.0",
        "id": f"d-{number}",
        "source": "/governance",
        "type": "mentoring.decision.recorded.v1",
        "time": time,
        "data": given | data,
    }
    return json.dumps(event).encode()


def test_decisions_are_terms_of_a_stage_and_those_signed_by_one_are_none() -> None:
    got = preview(
        [
            decision(1, "2024-03-31T00:30:00Z"),
            decision(2, "2026-02-16T11:00:00+01:00", outcome="renewed"),
            decision(3, "2026-05-12T09:00:00Z", case="master-mentor"),
            decision(4, "2026-05-13T09:00:00Z", approver_ids=["ruth"]),
            decision(5, "2026-05-14T09:00:00Z", outcome="declined"),
            decision(6, "2026-05-15T09:00:00Z", case="waiver-presence"),
        ],
        RECOGNITION,
        LATEST,
    )
    assert got.report.applied == 6
    awards = [award.as_json() for award in got.awards]
    terms = [(a["badge"], a["awarded_at"], a["valid_until"]) for a in awards]
    assert sorted(terms, key=lambda term: str(term[1])) == [
        ("proficient-mentor", "2024-03-31T00:30:00.000000Z", "2027-03-31T22:00:00.000000Z"),
        ("proficient-mentor", "2026-02-16T10:00:00.000000Z", "2029-02-16T23:00:00.000000Z"),
        ("master-mentor", "2026-05-12T09:00:00.000000Z", "2028-05-12T22:00:00.000000Z"),
    ]


def test_it_is_mentorloop_and_more() -> None:
    lost = [line for line in differences(MENTORLOOP, RECOGNITION) if not line.endswith(": new")]
    assert lost == ["calendar: zone Europe/Berlin, was UTC"]
    assert RECOGNITION.kinds("mentoring.kudos.given.v1") == MENTORLOOP.kinds(
        "mentoring.kudos.given.v1"
    )


def test_its_stages_ascend_and_ask_for_what_it_measures() -> None:
    policy = RECOGNITION.policy
    assert [(stage.name, stage.approvers) for stage in policy.stages] == [
        ("apprentice-mentor", 0),
        ("proficient-mentor", 2),
        ("master-mentor", 2),
    ]
    assert [len(stage.given.parts) if stage.given else 0 for stage in policy.stages] == [0, 13, 25]
    assert [rubric.key for rubric in policy.rubrics] == ["portfolio/1", "practical/1", "practice/1"]


def test_it_is_warned_of_nothing_that_mentorloop_is_not() -> None:
    assert warnings(RECOGNITION) == warnings(MENTORLOOP)


def test_the_expanded_text_says_the_same() -> None:
    again = parse(RECOGNITION.text)
    assert again.digest == RECOGNITION.digest
    assert again.policy.digest == RECOGNITION.policy.digest
