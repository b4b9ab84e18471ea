"""The load generator gives the same load for the same parameters, in the shares asked for."""

import json
from collections import Counter
from itertools import pairwise

import pytest

from benchmarks.history import history
from benchmarks.load import Load
from engine.catalog.loader import find
from engine.intake.refusal import REASONS, Reason
from events.instants import Instant
from replay.build.preview import Preview, preview

NOW = Instant("2026-06-01T00:00:00.000000Z")
EVENTS = 6000


def previewed(load: Load) -> Preview:
    return preview((value for _key, value in history(load)), find("mentorloop"), NOW)


def about(share: float) -> object:
    return pytest.approx(share * EVENTS, rel=0.25, abs=5)


def test_equal_parameters_give_equal_bytes() -> None:
    load = Load(seed=7, events=EVENTS, bad=0.05, retractions=0.05, groups=0.2, late=0.1)

    assert list(history(load)) == list(history(load))


def test_another_seed_gives_another_history() -> None:
    assert list(history(Load(seed=1, events=50))) != list(history(Load(seed=2, events=50)))


def test_a_plain_load_is_all_good_with_two_percent_told_again() -> None:
    result = previewed(Load(events=EVENTS))

    assert result.report.records == EVENTS
    assert sum(result.report.dead_letters.values()) == 0
    assert result.report.retractions == 0
    assert result.report.duplicates == about(0.02)


def test_a_plain_load_resembles_what_was_measured() -> None:
    records = list(history(Load(events=EVENTS)))
    result = previewed(Load(events=EVENTS))

    loops = {key for key, value in records if b'"loop_id"' in value}
    assert len(loops) == pytest.approx(EVENTS / 10, rel=0.05)
    assert 360 <= sum(len(value) for _key, value in records) / EVENTS <= 400
    messages = result.report.awards + len(result.invitations)
    assert 0.45 <= messages / EVENTS <= 0.6


def test_a_plain_load_has_every_kind_of_fact_in_the_usual_mix() -> None:
    kinds = Counter(json.loads(value)["type"] for _key, value in history(Load(events=EVENTS)))

    shares = {kind.split(".")[1]: count / EVENTS for kind, count in kinds.items()}
    assert shares == pytest.approx(
        {"meeting": 0.42, "survey": 0.28, "kudos": 0.13, "milestone": 0.12, "quiz": 0.05}, abs=0.03
    )


def test_a_duplicate_comes_under_a_new_event_id() -> None:
    ids = [json.loads(value)["id"] for _key, value in history(Load(events=500, duplicates=0.5))]

    assert len(set(ids)) == len(ids)


def test_records_are_keyed_by_loop_or_by_participant_without_one() -> None:
    for key, value in history(Load(events=2000, retractions=0.1)):
        data = json.loads(value)["data"]
        if "fact_type" in data and "loop_id" not in data:
            assert key.decode() == data["participant_id"]
        else:
            assert key.decode() == data.get("loop_id", data.get("participant_id"))


@pytest.mark.parametrize("reason", REASONS)
def test_bad_records_are_refused_for_the_reason_asked_for(reason: Reason) -> None:
    report = previewed(Load(events=EVENTS // 4, bad=0.2, bad_reason=reason)).report

    others = {name: count for name, count in report.dead_letters.items() if name != reason}
    assert report.dead_letters[reason] == pytest.approx(0.2 * EVENTS / 4, rel=0.25)
    assert sum(others.values()) == 0


def test_mixed_bad_records_have_every_reason() -> None:
    report = previewed(Load(events=EVENTS // 4, bad=0.2)).report

    assert sum(report.dead_letters.values()) == pytest.approx(0.2 * EVENTS / 4, rel=0.25)
    assert all(report.dead_letters[reason] > 0 for reason in REASONS)


def test_every_retraction_takes_out_a_fact_that_was_told() -> None:
    facts: set[tuple[str, str]] = set()
    retracted = []
    for _key, value in history(Load(events=EVENTS, retractions=0.1)):
        event = json.loads(value)
        data = event["data"]
        if event["type"] == "mentoring.fact.retracted.v1":
            retracted.append((data["fact_type"], data["fact_id"]))
        else:
            facts.update((event["type"], str(name)) for name in data.values() if type(name) is str)

    assert len(retracted) == about(0.1)
    assert set(retracted) <= facts
    assert previewed(Load(events=EVENTS, retractions=0.1)).report.retractions == len(retracted)


def test_groups_have_the_share_and_the_size_asked_for() -> None:
    loops = {
        data["loop_id"]: len(data["attendee_ids"])
        for data in (json.loads(v)["data"] for _k, v in history(Load(events=EVENTS, groups=0.3)))
        if "attendee_ids" in data
    }

    sizes = Counter(loops.values())
    assert set(sizes) == {2, 8}
    assert sizes[8] / len(loops) == pytest.approx(0.3, abs=0.05)


def test_a_hot_loop_takes_its_share() -> None:
    keys = Counter(key for key, _value in history(Load(events=EVENTS, hot_loop=0.4)))

    assert 0.35 <= keys[b"loop-000000"] / EVENTS <= 0.42


def test_a_hot_mentor_stands_in_many_loops_of_one_program() -> None:
    places = {
        (data["program_id"], data["loop_id"])
        for data in (json.loads(v)["data"] for _k, v in history(Load(events=EVENTS, hot_mentor=40)))
        if "mentor-hot" in data.get("attendee_ids", ())
    }

    assert len(places) == pytest.approx(40, abs=3)
    assert {program for program, _loop in places} == {"program-000"}


def test_late_facts_go_back_in_time() -> None:
    times = [json.loads(v)["time"] for _k, v in history(Load(events=EVENTS, late=0.1))]

    backwards = sum(after < before for before, after in pairwise(times))
    in_order = [json.loads(v)["time"] for _k, v in history(Load(events=EVENTS, duplicates=0))]
    assert in_order == sorted(in_order)
    assert 0.08 * EVENTS <= backwards <= 0.15 * EVENTS


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"late": 1.5}, "late is a share"),
        ({"bad": 0.9, "duplicates": 0.2}, "together exceed 1"),
        ({"group_size": 201}, "a group has 3 to 200 people"),
        ({"hot_mentor": 99_999}, "hot_mentor is at most that"),
    ],
)
def test_impossible_parameters_are_refused(wrong: dict[str, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Load(**wrong)  # type: ignore[arg-type]
