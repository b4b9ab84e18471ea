"""Defects of the relay: what it forgets, when, in which order, and under which key."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_PUBLISHING = "engine.relay.producer:Publishing"
_RELAY = "engine.relay.relay:Relay"

DEFECTS = (
    Defect(
        "outbox-deleted-before-it-is-sent",
        "the relay deletes what it is about to send",
        ("I1",),
        (
            Edit(
                f"{_RELAY}._publish",
                "publishing.publish(messages, partial(_say_that_we_live, tx))",
                "outbox.delete(tx, self._topic, [parcel.id for parcel in parcels])\n"
                "            publishing.publish(messages)",
            ),
        ),
        DefectLevel.KAFKA,
        "the_relay_dies",
    ),
    Defect(
        "acknowledgements-not-awaited",
        "the relay hands messages to its client, which gathers them for a while, and goes on",
        ("I1",),
        (
            Edit(f"{_PUBLISHING}.publish", "self._wait(producer, pulse)", "return"),
            Edit("engine.relay.producer:_options", '"linger.ms": 2', '"linger.ms": 20_000'),
        ),
        DefectLevel.KAFKA,
        "the_relay_is_late",
    ),
    Defect(
        "repeats-rendered-anew",
        "the relay writes into a message when it was sent",
        ("I2",),
        (
            Edit(
                f"{_PUBLISHING}._send",
                "message.value,\n                    message.key",
                "message.value[:-1] + b', \"sent\": %f}' % time.time(),\n"
                "                    message.key",
            ),
        ),
        DefectLevel.KAFKA,
        "the_relay_dies",
    ),
    Defect(
        "newest-first",
        "the relay takes the newest rows of the outbox first",
        ("I3", "I7"),
        (
            Edit(
                "engine.store.awards.outbox:oldest",
                "ORDER BY id LIMIT 200",
                "ORDER BY id DESC LIMIT 200",
            ),
            Edit(
                "engine.store.awards.outbox:oldest",
                "before < %s ORDER BY id",
                "before < %s ORDER BY id DESC",
            ),
        ),
        DefectLevel.KAFKA,
        "the_relay_is_late",
    ),
    Defect(
        "outbox-emptied",
        "the relay empties the outbox when the first part of it is sent",
        ("I1",),
        (
            Edit(
                "engine.store.awards.outbox:delete",
                "WHERE topic = %s AND id = ANY (%b::bigint[])",
                "WHERE topic = %s AND (true OR id = ANY (%b::bigint[]))",
            ),
        ),
        DefectLevel.KAFKA,
        "the_relay_is_late",
    ),
    Defect(
        "published-without-a-key",
        "messages carry no key, so a recipient's are spread over partitions",
        ("I1",),
        (
            Edit(
                f"{_PUBLISHING}._send",
                "message.key,\n",
                "None,\n",
            ),
        ),
        DefectLevel.KAFKA,
        "a_day",
    ),
    Defect(
        "partition-by-the-award",
        "a message's partition is chosen by what it says, not by its key",
        ("I3",),
        (
            Edit(
                f"{_PUBLISHING}._send",
                "message.key,\n",
                "message.key,\n                    sum(message.value) % 2,\n",
            ),
        ),
        DefectLevel.KAFKA,
        "a_day",
    ),
    Defect(
        "signals-among-the-awards",
        "dead letters are signalled on the topic of awards",
        ("I2", "I5"),
        (
            Edit(
                f"{_PUBLISHING}._send",
                "topic = self._topics[message.topic]",
                'topic = self._topics["awards"]',
            ),
        ),
        DefectLevel.KAFKA,
        "a_day",
    ),
)
