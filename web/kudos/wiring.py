"""Makes what gives kudos, once a process, and what sends them on their way while it serves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta

from fastapi import FastAPI

from engine.observability import logger
from events.publisher import Publisher
from web.bootstrap import Pools
from web.kudos import facts
from web.kudos.dispatch import LEASE, Dispatch
from web.kudos.dispatcher import Dispatcher
from web.kudos.giving import Giving
from web.kudos.sealing import NoteSealer
from web.settings import WebSettings
from web.views.moment import Readings

log = logger(__name__)

_PATIENCE_SECONDS = LEASE.total_seconds() * 0.8


def install(app: FastAPI, settings: WebSettings, pools: Pools, readings: Readings) -> None:
    """Put what gives and what sends into an app. The settings were checked."""
    kafka = settings.engine
    dispatch = Dispatch(pools.people, readings, settings.now, kafka.activity_topic)

    def publisher() -> Publisher:
        return Publisher(
            kafka.bootstrap,
            source=facts.SOURCE,
            topic=kafka.activity_topic,
            security=kafka.security,
            delivery_timeout=_PATIENCE_SECONDS,
        )

    dispatcher = Dispatcher(dispatch, publisher, settings.now)
    app.state.dispatcher = dispatcher if kafka.kafka_bootstrap else None
    app.state.giving = Giving(
        readings=readings,
        clock=settings.now,
        undo=timedelta(seconds=settings.undo_seconds),
        topic=kafka.activity_topic,
        secret=settings.master_keys.secret_for("fingerprints of gifts"),
        seal=NoteSealer(pools.notes, settings.master_keys.public),
        wake=dispatcher.wake,
    )


@asynccontextmanager
async def sending(app: FastAPI) -> AsyncIterator[None]:
    """Send kudos for as long as the app serves."""
    if app.state.dispatcher is None:
        log.warning("KAFKA_BOOTSTRAP is not set: kudos are kept and not sent")
    with app.state.dispatcher or nullcontext():
        yield
