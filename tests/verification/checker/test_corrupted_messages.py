"""I2, I6 and I7: copies that differ, evidence of nothing, counts that fall: each is caught."""

from dataclasses import replace

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import also, edited, event, index, moved, on_topic, setting
from tests.verification.checker.seen import Json, Observations

AWARDED, REVOKED = "badge.awarded.v1", "badge.revoked.v1"


def bronze(data: Json) -> bool:
    return bool(data["level"] == "bronze")


def kudos(data: Json) -> bool:
    return bool(data["category"] == "kudos")


def champion(data: Json) -> bool:
    return bool(data["evidence"][0]["type"] == "award")


def repeated(**fields: object) -> Spoil:
    def corrupt(seen: Observations) -> Observations:
        record = seen.awards.records[index(seen, AWARDED)]
        return also(seen, replace(record, **fields))  # type: ignore[arg-type]

    return corrupt


def one_byte_changed(seen: Observations) -> Observations:
    record = seen.awards.records[index(seen, AWARDED)]
    value = record.value or b""
    return also(seen, replace(record, value=value.replace(b'"total":', b'"total" :')))


def no_event(seen: Observations) -> Observations:
    record = seen.awards.records[0]
    return also(seen, replace(record, value=b"{"))


def another_id(seen: Observations) -> Observations:
    return edited(seen, index(seen, AWARDED), setting(), setting(id="made-up"))


def other_header(seen: Observations) -> Observations:
    at = index(seen, AWARDED)
    records = list(seen.awards.records)
    records[at] = replace(records[at], headers=(("content-type", b"text/plain"),))
    return on_topic(seen, records)


def naming(name: str) -> Spoil:
    def edit(data: Json) -> None:
        data["evidence"][-1]["id"] = name

    return lambda seen: edited(seen, index(seen, AWARDED, bronze), edit)


def one_fact_less(data: Json) -> None:
    data["evidence"].pop()


def other_order(data: Json) -> None:
    data["evidence"].reverse()


def one_digit(data: Json) -> None:
    digits = data["awarded_at"]
    last = str((int(digits[-2]) + 1) % 10)
    data["awarded_at"] = digits[:-2] + last + "Z"


def another_part(data: Json) -> None:
    data["evidence"][0]["id"] = "another"


def before_its_parts(seen: Observations) -> Observations:
    at = index(seen, AWARDED, champion)
    parts = {item["id"] for item in event(seen.awards.records[at])["data"]["evidence"]}
    events = [event(record) for record in seen.awards.records]
    last = max(n for n in range(at) if events[n]["data"].get("award_id") in parts)
    return moved(seen, at, last)


def dated(seen: Observations) -> Observations:
    at = index(seen, AWARDED, bronze)
    seen = edited(seen, at, one_digit)
    time = event(seen.awards.records[at])["data"]["awarded_at"]
    return edited(seen, at, setting(), setting(time=time))


def revocation(**fields: object) -> Spoil:
    return lambda seen: edited(seen, index(seen, REVOKED), setting(**fields))


RETRACTED = "mentoring.fact.retracted.v1"
SPOILED: dict[str, tuple[str, str, Spoil]] = {
    "a repeat differs by one byte": ("I2", "values differ", one_byte_changed),
    "a repeat has another key": ("I2", "keys differ", repeated(key=b"another")),
    "a repeat has other headers": ("I2", "headers differ", repeated(headers=())),
    "a record is no event": ("I2", "no event on the topic", no_event),
    "an event has an id of its own": ("I2", "event made-up is about", another_id),
    "an event is not said to be one": ("I2", "its headers are", other_header),
    "evidence names nothing": ("I6", "no accepted fact", naming("nothing")),
    "evidence names too little": (
        *("I6", "do not earn it"),
        lambda seen: edited(seen, index(seen, AWARDED, bronze), one_fact_less),
    ),
    "evidence is not in order": (
        *("I6", "evidence is"),
        lambda seen: edited(seen, index(seen, AWARDED, bronze), other_order),
    ),
    "there is no evidence": (
        *("I6", "there is no evidence"),
        lambda seen: edited(seen, index(seen, AWARDED, bronze), setting(evidence=[])),
    ),
    "one digit of a date is another": ("I6", "awarded_at is", dated),
    "a champion is named before what makes them one": ("I6", "does not stand", before_its_parts),
    "a revocation names no retraction": (
        *("I6", "nobody retracted nothing"),
        revocation(evidence=[{"type": RETRACTED, "id": "nothing"}]),
    ),
    "a revocation has no reason": ("I6", "not one retraction", revocation(evidence=[])),
    "a revocation has another time": (
        *("I6", "its time is not the retraction's"),
        lambda seen: edited(
            seen, index(seen, REVOKED), setting(), setting(time="2020-01-01T00:00:00.000000Z")
        ),
    ),
    "a champion rests on another's award": (
        *("I6", "the awards it names do not earn it"),
        lambda seen: edited(seen, index(seen, AWARDED, champion), another_part),
    ),
    "a champion's date is of no fact": (
        *("I6", "is the time of no fact"),
        lambda seen: edited(seen, index(seen, AWARDED, champion), one_digit),
    ),
    "a revocation is called something else": ("I6", "revoked as", revocation(reason="recomputed")),
    "somebody loses what they never had": (
        *("I7", "fewer than none"),
        lambda seen: moved(seen, index(seen, REVOKED), 0),
    ),
    "a total is one too many": (
        *("I7", "total is 99"),
        lambda seen: edited(seen, index(seen, AWARDED, kudos), setting(total=99)),
    ),
    "an achievement has a total": (
        *("I7", "must be None"),
        lambda seen: edited(seen, index(seen, AWARDED, bronze), setting(total=1)),
    ),
    "a count falls and nothing was retracted": (
        *("I7", "nothing was retracted"),
        revocation(evidence=[{"type": RETRACTED, "id": "nothing"}]),
    ),
    "a count ends lower than it should": (
        *("I7", "must be"),
        lambda seen: on_topic(seen, seen.awards.records[:-40]),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_wrong_messages_are_caught(seen: Observations, case: str) -> None:
    invariant, words, corrupt = SPOILED[case]
    caught(corrupt(seen), invariant, words)
