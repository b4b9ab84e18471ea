"""Scenarios end to end. Without a defect, the checker finds nothing in any of them."""

from collections.abc import Callable

from tests.end_to_end.deployment import wait_until
from tests.integration.handlers.stories import champion, meetings
from tests.support.given import MEETING, kudos, meeting
from tests.verification.defects.input import everything
from tests.verification.defects.kafka_run import PATIENCE, Installation, go_on
from tests.verification.faults.points import arm

Scenario = Callable[[Installation], None]


_BINARY = (
    b"loop",
    b'{"program_id":"program","loop_id":"loop","meeting_id":"bin","attendee_ids":["ann"]}',
    (
        ("ce_specversion", b"1.0"),
        ("ce_id", b"binary"),
        ("ce_source", b"/platform"),
        ("ce_type", MEETING.encode()),
        ("ce_time", b"2026-03-01T10:00:00Z"),
    ),
)
_UNSAID = kudos("unsaid", "ben", "ann", "trust")
_NOTHING = (b"loop", None, (("why", b"a tombstone"),))
_NAME = "one"  # of a worker that comes back, so that the group does not wait for the old one


def a_day(here: Installation) -> None:
    """A history, published in transactions; the last of them is aborted when all else is processed,
    so that of each partition there is only a marker left to read."""
    here.publish(*everything(150))
    here.publish_together([_BINARY, _NOTHING])
    here.start("run")
    here.processed()
    for loop in (b"loop", b"names", b"loop-0", b"loop-1"):
        here.publish_together([(loop, _UNSAID, ())], commit=False)
    here.drained()


def the_relay_is_late(here: Installation) -> None:
    """Nobody publishes until everything is processed, a record a batch; and as soon as the outbox
    is empty, the relay is killed."""
    thanks = [kudos(f"k{n}", "ben", "ann", "trust", at=1 + n % 28) for n in range(220)]
    here.publish(*meetings(1, 15), *thanks)
    worker = here.start("run", "--no-relay", BATCH_RECORDS="1")
    here.processed()
    worker.kill()
    relay = here.start("relay")
    here.published()
    relay.kill()


def the_relay_dies(here: Installation) -> None:
    """The relay is killed before it sends, and the next one after it has sent. Nothing is refused,
    so all of it is about awards."""
    arm(here.points, "relay-before-send", "kill")
    arm(here.points, "relay-after-send", "kill")
    here.publish(*champion(), *meetings(16, 20))
    here.start("run")
    here.dies_at("relay-before-send")
    here.drained()


def the_worker_dies(here: Installation) -> None:
    """The worker is killed within a transaction, and the next one as soon as it has committed."""
    here.publish(*everything(150))
    for point in ("after-ledger", "after-commit"):
        arm(here.points, point, "kill")
        here.dies_at(point, here.start("run", INSTANCE=_NAME, BATCH_RECORDS="50"))
    here.start("run", INSTANCE=_NAME)
    here.drained()


def the_worker_is_frozen(here: Installation) -> None:
    """A worker stops with a batch in its hands; another takes over; the first goes on."""
    arm(here.points, "after-fetch", "stop")
    here.publish(*champion(), meeting("other", "ben", loop_id="other"))
    frozen = here.start("run", INSTANCE=_NAME)
    pid = here.freezes_at("after-fetch")
    here.start("run", INSTANCE=_NAME)
    here.drained()
    steps = here.steps()
    go_on(pid)
    wait_until(
        lambda: (
            here.steps() > steps
            or "batch superseded" in frozen.logged()
            or frozen.process.poll() is not None
        ),
        PATIENCE,
    )
    here.dismiss(frozen)
    here.drained()


SCENARIOS: dict[str, Scenario] = {
    scenario.__name__: scenario
    for scenario in (
        a_day,
        the_relay_is_late,
        the_relay_dies,
        the_worker_dies,
        the_worker_is_frozen,
    )
}
