"""What the people surface says of itself to Prometheus: read from its tables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from prometheus_client.core import Metric

from engine.metrics_reader import MetricsReader, answering
from engine.store.postgres.connection import transaction
from web import metrics
from web.bootstrap import Pools
from web.live.hub import Hub
from web.settings import WebSettings
from web.store import gifts, sessions
from web.views.gifts import fates_of
from web.views.moment import Readings

_LOOKED_BACK = timedelta(hours=6)
_MOST = 500


@contextmanager
def watching(settings: WebSettings, pools: Pools, hub: Hub) -> Iterator[None]:
    """Let /metrics have it, for the length of the block."""
    readings = Readings(pools.reader, pools.people)
    topic = settings.engine.activity_topic

    def read() -> Sequence[Metric]:
        now = settings.now()
        with transaction(pools.people) as tx:
            states = gifts.count(tx)
            due = gifts.oldest_due(tx)
            going_on = sessions.PEOPLE.count_going_on(tx, now)
        oldest = {"sent": _seconds(due, now), "awarded": _unawarded(readings, topic, now)}
        return metrics.of_people(states, oldest, going_on)

    metrics.STREAMS.set_function(lambda: hub.count)
    with answering(MetricsReader("people", read)):
        yield


def _unawarded(readings: Readings, topic: str, now: datetime) -> float:
    """For how many seconds the oldest kudos wait that Kafka has and the engine has not read."""
    with readings.moment() as moment:
        sent = gifts.sent_since(moment.directory, now - _LOOKED_BACK, _MOST)
        fates = fates_of(moment, sent, topic)
    waiting = [gift.send_after for gift in sent if fates[gift.award_id].fate == "waiting"]
    return _seconds(min(waiting, default=None), now)


def _seconds(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
