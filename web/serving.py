"""One web process: an application behind uvicorn, until SIGTERM."""

import uvicorn

from engine.observability import configure, logger
from engine.probes import probes
from web import app, bootstrap
from web.settings import WebSettings

log = logger(__name__)

_FINISH_SECONDS = 10


def run(settings: WebSettings) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what is under way.

    Raises:
        SettingsError, DatabaseUnreachable (an address that cannot be read)
    """
    configure(settings.log_format, settings.log_level)
    host, port = settings.address
    with bootstrap.pools(settings) as pools:
        readiness = bootstrap.readiness(pools)
        application = app.people(settings, pools, readiness)
        server = uvicorn.Server(
            uvicorn.Config(
                application,
                host=host,
                port=port,
                log_config=None,
                access_log=False,  # it would log paths, which name people
                server_header=False,
                proxy_headers=False,  # whose address is believed is for TRUSTED_PROXIES
                timeout_graceful_shutdown=_FINISH_SECONDS,
                limit_concurrency=None,
            )
        )
        log.info("serving", surface=settings.surface, bind=settings.bind)
        with probes(settings.metrics_host, settings.metrics_port, readiness):
            server.run()
    log.info("stopped")
