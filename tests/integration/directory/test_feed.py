"""The topic read into tables, through a real broker and a real database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from directory import bootstrap, membership, names
from directory.publish import PublishFailed, publish_file
from engine.store.postgres.connection import transaction
from events.publisher import Publisher
from events.schemas.registry import InvalidData
from examples.make_history import PEOPLE
from tests.integration.directory.platform import (
    PROGRAM,
    Platform,
    event,
    loop,
    person,
    program,
    tombstone,
)
from tests.integration.local.processes import wait_until
from tests.integration.stream.administration import add_partitions, delete_topic


def test_what_is_described_is_in_the_tables_and_a_later_description_replaces_it(
    platform: Platform,
) -> None:
    platform.publish(
        program("Acme"), person("ann", "Ann"), person("ben", "Ben"), loop("l", "ann", "ben")
    )
    with platform.following():
        platform.read()
        assert platform.names() == {"ann": "Ann", "ben": "Ben"}
        assert platform.loops() == {"l": {"ann", "ben"}}

        platform.publish(person("ann", "Ann Lee", at="02"), loop("l", "ann", "cy", at="02"))
        platform.read()

    assert platform.names() == {"ann": "Ann Lee", "ben": "Ben"}
    assert platform.loops() == {"l": {"ann", "cy"}}


def test_of_two_descriptions_the_later_time_wins_then_the_later_offset(platform: Platform) -> None:
    platform.publish(person("ann", "March 9", at="09"))
    with platform.following():
        platform.read()
        platform.publish(person("ann", "March 8", at="08"), loop("l", "x", at="08"))
        platform.publish(loop("l", "y", at="07"))
        platform.read()
        assert platform.names() == {"ann": "March 9"}
        assert platform.loops() == {"l": {"x"}}

        platform.publish(person("ann", "March 9, published later", at="09"))
        platform.read()

    assert platform.names() == {"ann": "March 9, published later"}


def test_a_tombstone_forgets_what_was_before_it_and_an_older_description_may_follow(
    platform: Platform,
) -> None:
    platform.publish(person("ann", "Wrong", at="09"), loop("l", "ann"), program("Acme"))
    with platform.following():
        platform.read()
        platform.publish(
            tombstone("participant", "ann"), tombstone("loop", "l"), tombstone("program", PROGRAM)
        )
        platform.read()
        assert (platform.names(), platform.loops()) == ({}, {})

        platform.publish(person("ann", "Right", at="01"))
        platform.read()

    assert platform.names() == {"ann": "Right"}


def test_a_bad_record_is_counted_and_the_earlier_state_stays(platform: Platform) -> None:
    key, good = person("ann", "Ann")
    other_key, _ = person("ben", "Ben")
    ann = {"program_id": PROGRAM, "participant_id": "ann"}
    platform.publish(
        (key, good),
        (key, event("participant", "02", ann | {"display_name": ""})),
        (key, event("participant", "02", ann | {"display_name": "A"}, type="mentoring.x.v1")),
        (other_key, good),
        (b"participant", None),
        (key, b"\xff"),
        (key, b""),
    )

    with platform.following():
        platform.read()

    assert platform.names() == {"ann": "Ann"}
    assert platform.refused() == 6


def test_what_was_read_is_not_read_again(platform: Platform) -> None:
    platform.publish(person("ann", "Ann"))
    with platform.following():
        platform.read()
    with platform.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM directory.participants")

    platform.publish(person("ben", "Ben"))
    with platform.following():
        platform.read()

    assert platform.names() == {"ben": "Ben"}


def test_added_partitions_are_noticed_while_reading(platform: Platform) -> None:
    with platform.following():
        platform.read()
        add_partitions(platform.settings.bootstrap, platform.settings.topic, 6)
        late = Platform(platform.settings, platform.engine)
        late.publish(person("ann", "Ann"), partition=5)
        wait_until(lambda: platform.names() == {"ann": "Ann"})


def test_a_topic_made_again_is_read_from_its_beginning(platform: Platform) -> None:
    # Given a topic that was read, deleted, and made again with fewer records,
    platform.publish(*[person("ann", f"Ann {number}") for number in range(3)])
    platform.publish(*[person("ben", f"Ben {number}", at="09") for number in range(3)])
    with platform.following():
        platform.read()
        delete_topic(platform.settings.bootstrap, platform.settings.topic)
        wait_until(lambda: bootstrap.migrate(platform.settings)[1])

        # when a tombstone, and a description of the same time, come at lower offsets,
        again = Platform(platform.settings, platform.engine)
        again.publish(tombstone("participant", "ben"), person("ann", "Ann again"))
        again.read()

    # then both count.
    assert platform.names() == {"ann": "Ann again"}


def test_the_sdk_describes_and_forgets_and_the_status_counts(platform: Platform) -> None:
    settings = platform.settings
    at = datetime(2026, 3, 4, tzinfo=UTC)
    with Publisher(settings.bootstrap, source="/p", directory_topic=settings.topic) as publisher:
        publisher.describe_program(program_id=PROGRAM, name="Acme", self_match=True, time=at)
        for name in ("ann", "ben"):
            publisher.describe_participant(
                program_id=PROGRAM, participant_id=name, display_name=name, roles={"mentor"}
            )
        for name in ("l", "m"):
            members: dict[str, Literal["mentor", "mentee"] | None] = {"ann": "mentor", "cy": None}
            publisher.describe_loop(program_id=PROGRAM, loop_id=name, kind="group", members=members)
        with pytest.raises(InvalidData, match="kudos must be an object"):
            publisher.describe_program(program_id=PROGRAM, name="Acme", kudos=3)
        publisher.forget_participant(program_id=PROGRAM, participant_id="ben")
        publisher.forget_loop(program_id=PROGRAM, loop_id="m")
        publisher.forget_program(program_id="other")
    behind = bootstrap.look(settings).as_json()
    assert (behind["lag"], behind["described"]["programs"]) == (8, 0)

    with platform.following():
        platform.read()

    assert platform.names() == {"ann": "ann"}
    assert platform.loops() == {"l": {"ann", "cy"}}
    status = bootstrap.look(settings).as_json()
    assert (status["lag"], status["refused"]) == (0, 0)
    assert status["described"] == {"programs": 1, "participants": 1, "loops": 1}


def test_the_people_of_the_example_are_published_and_read(
    platform: Platform, tmp_path: Path
) -> None:
    assert publish_file(platform.settings, PEOPLE) == 83
    with platform.following():
        platform.read()

    assert len(platform.loops()) == 26
    with transaction(platform.engine) as tx:
        (mina,) = names.people(tx, "kestrel-engineering", ["mina.sato"]).values()
        loops = membership.loops_of(tx, "kestrel-engineering", "mina.sato", None, 20)
    assert (mina.display_name, mina.roles) == ("Mina Sato", ("mentee",))
    assert [loop.loop_id for loop in loops] == ["circle-data-platform", "loop-helena-mina"]

    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(PEOPLE.read_bytes().splitlines()[0] + b'\n{"specversion":"1.0"}\n')
    with pytest.raises(PublishFailed, match=r"bad.jsonl line 2: .*type is required"):
        publish_file(platform.settings, bad)
