"""I1: every way in which the wrong awards may be announced is caught, by name."""

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.corrupt import (
    also,
    changed,
    dropped,
    edited,
    in_database,
    in_exports,
    index,
    on_record,
    saying,
    setting,
    without,
)
from tests.verification.checker.ids import award_id
from tests.verification.checker.seen import Json, Observations

AWARDED, REVOKED = "badge.awarded.v1", "badge.revoked.v1"


def bronze(data: Json) -> bool:
    return bool(data["level"] == "bronze")


def kudos(data: Json) -> bool:
    return bool(data["category"] == "kudos")


def never_earned(seen: Observations) -> Observations:
    record = seen.awards.records[index(seen, AWARDED, bronze)]

    def of_nobody(data: Json) -> None:
        names = (data["program_id"], data["loop_id"], "nobody", data["badge"], data["occurrence"])
        data.update(recipient_id="nobody", award_id=award_id(*names))

    return also(seen, saying(record, of_nobody))


def in_table(**fields: object) -> Spoil:
    return lambda seen: in_database(seen, awards=changed(seen.database.awards, 2, **fields))


def announced_twice(seen: Observations) -> Observations:
    lines = seen.exports.announced
    return in_exports(seen, announced=(lines[0], *lines))


SPOILED: dict[str, tuple[str, str, Spoil]] = {
    "an award is never announced": (
        *("I1", "does not stand on the topic"),
        lambda seen: without(seen, index(seen, AWARDED, bronze)),
    ),
    "an award is announced that was never earned": ("I1", "never earned", never_earned),
    "a revision is left out": (
        *("I1", "revision 3, where 1 is due"),
        lambda seen: edited(seen, index(seen, AWARDED, bronze), setting(revision=3)),
    ),
    "a revocation is never announced": (
        *("I1", "stands on the topic, and is not expected"),
        lambda seen: without(seen, index(seen, REVOKED)),
    ),
    "an award is another's": (
        *("I1", "recipient_id is somebody, must be"),
        lambda seen: edited(seen, index(seen, AWARDED, bronze), setting(recipient_id="somebody")),
    ),
    "an award is of another loop": (
        *("I1", "loop_id is elsewhere, must be"),
        lambda seen: edited(seen, index(seen, AWARDED, bronze), setting(loop_id="elsewhere")),
    ),
    "an award has another name": (
        *("I1", "badge_name is Trusted, must be"),
        lambda seen: edited(seen, index(seen, AWARDED, kudos), setting(badge_name="Trusted")),
    ),
    "kudos were given by another": (
        *("I1", "giver_id is somebody, must be"),
        lambda seen: edited(seen, index(seen, AWARDED, kudos), setting(giver_id="somebody")),
    ),
    "the envelope has another time": (
        *("I1", "time is 2020"),
        lambda seen: edited(
            seen, index(seen, AWARDED), setting(), setting(time="2020-01-01T00:00:00.000000Z")
        ),
    ),
    "an award is missing in the export": (
        *("I1", "does not stand in the export"),
        lambda seen: in_exports(seen, announced=dropped(seen.exports.announced, 3)),
    ),
    "an award is exported twice": ("I1", "not sorted by id, each once", announced_twice),
    "the table has another revision": (
        "I1",
        "revision 7 in the table",
        in_table(revision=7),
    ),
    "the table says it does not stand": (
        "I1",
        "standing False",
        in_table(standing=False),
    ),
    "an award is under another key": (
        *("I1", "its key is"),
        lambda seen: on_record(seen, index(seen, AWARDED), key=b"another"),
    ),
    "an award has the id of another occurrence": (
        *("I1", "not that of what it names"),
        lambda seen: edited(seen, index(seen, AWARDED, kudos), setting(occurrence="another")),
    ),
    "a first revision revokes": (
        *("I1", "is a mentoring.badge.revoked"),
        lambda seen: edited(
            *(seen, index(seen, AWARDED, bronze), setting(reason="fact_retracted")),
            setting(type=f"mentoring.{REVOKED}"),
        ),
    ),
    "an award is by another catalog": (
        *("I1", "by catalog recognition"),
        lambda seen: edited(
            seen, index(seen, AWARDED), setting(catalog={"name": "recognition", "digest": "0"})
        ),
    ),
    "two catalogs announce": (
        *("I1", "of different digests"),
        lambda seen: edited(
            seen, index(seen, AWARDED), setting(catalog={"name": "mentorloop", "digest": "0"})
        ),
    ),
    "a catalog announces that the database does not have": (
        *("I1", "announced by 'ab', which is no catalog's digest"),
        lambda seen: edited(
            seen, index(seen, AWARDED), setting(catalog={"name": "mentorloop", "digest": "ab"})
        ),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_wrong_awards_are_caught(seen: Observations, case: str) -> None:
    invariant, words, corrupt = SPOILED[case]
    caught(corrupt(seen), invariant, words)
