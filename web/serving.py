"""One web process: an application behind uvicorn, until SIGTERM."""

import logging
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from engine.observability import configure, logger
from engine.probes import Readiness, probes
from web import bootstrap
from web.listening import listening
from web.live.hub import Hub
from web.monitoring import operations
from web.monitoring import people as people_monitoring
from web.ops import console
from web.settings import Surface, WebSettings
from web.surfaces import ops, people

log = logger(__name__)

_FINISH_SECONDS = 10


MakeApplication = Callable[[WebSettings, bootstrap.Pools, Readiness, Hub], ASGIApp]


@dataclass(frozen=True, slots=True)
class Served:
    """What a process serves, and whether it can. `hub`: whose streams end when it stops."""

    application: ASGIApp
    readiness: Readiness
    hub: Hub


Serve = Callable[[WebSettings], AbstractContextManager[Served]]


class EndingServer(uvicorn.Server):
    """Ends the streams of `hub` when it stops: it waits for answers, and these do not end by
    themselves."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what is under way."""
        self._hub.end_all()
        await super().shutdown(sockets)


def _people(
    settings: WebSettings, pools: bootstrap.Pools, readiness: Readiness, hub: Hub
) -> ASGIApp:
    return people.application(settings, pools, readiness, hub=hub)


@contextmanager
def people_surface(settings: WebSettings, make: MakeApplication = _people) -> Iterator[Served]:
    """Pages and API of people, with what hears of changes. `make`: what is served."""
    with (
        bootstrap.pools(settings) as pools,
        bootstrap.live(settings, pools) as hub,
        people_monitoring.watching(settings, pools, hub),
    ):
        readiness = bootstrap.readiness(pools, settings)
        yield Served(make(settings, pools, readiness, hub), readiness, hub)


@contextmanager
def ops_surface(settings: WebSettings) -> Iterator[Served]:
    """Console and API of operators."""
    with (
        bootstrap.ops_pool(settings) as pool,
        console.console(settings, pool) as desk,
        operations.watching(desk),
    ):
        readiness = bootstrap.ops_readiness(pool, settings)
        yield Served(ops.application(desk, readiness), readiness, Hub())


_SURFACES: Mapping[Surface, Serve] = {"people": people_surface, "ops": ops_surface}


def run(settings: WebSettings, serve: Serve | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what is under way. `serve`: what, if not the
    surface of the settings.

    Raises:
        SettingsError, DatabaseUnreachable (an address that cannot be read)
        AddressTaken: somebody listens there, or it is not of this machine.
    """
    settings.check()
    configure(settings.log_format, settings.log_level)
    logging.getLogger("uvicorn.error").addFilter(_not_logged_twice)
    surface = serve or _SURFACES[settings.surface]
    with listening(settings) as listener, surface(settings) as served:
        server = EndingServer(
            uvicorn.Config(
                served.application,
                log_config=None,
                access_log=False,  # it would log paths, which name people
                server_header=False,
                proxy_headers=False,  # whose address is believed is for TRUSTED_PROXIES
                timeout_graceful_shutdown=_FINISH_SECONDS,
            ),
            served.hub,
        )
        log.info("serving", surface=settings.surface, bind=settings.bind)
        status, state = served.readiness.answer()
        if status != 200:
            log.warning("pages cannot be answered yet, see /readyz", **state)
        with probes(settings.metrics_host, settings.metrics_port, served.readiness):
            # Uvicorn ends on these, and then raises them again for the handlers of before.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: None)
            server.run([listener])
    log.info("stopped")


def _not_logged_twice(record: logging.LogRecord) -> bool:
    """Errors of requests are logged where they are answered, with the template of their route."""
    return not str(record.msg).startswith("Exception in ASGI application")
