"""`badge-engine run`: a worker, with a relay as its child, until SIGTERM."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
from typing import Annotated, NoReturn

import typer

from engine import bootstrap, settings
from engine.cli.console.options import Now, clock
from engine.observability import configure, logger
from engine.probes import probes
from engine.settings import Settings
from engine.stream.worker import REFUSALS, Worker
from engine.tracebacks import described

log = logger(__name__)

RELAY_COMMAND = (sys.executable, "-m", "engine.cli.main", "relay", "--child")
_RELAY_SECONDS = 30.0


def run(
    relay: Annotated[bool, typer.Option(help="Run a relay beside the worker.")] = True,
    now: Now = None,
) -> None:
    """Take activity in and publish awards until SIGTERM or Ctrl-C; then finish and exit 0."""
    for number in (signal.SIGINT, signal.SIGTERM):  # until there is something to finish
        signal.signal(number, lambda *_: _leave(0))
    loaded = settings.load()
    configure(loaded.log_format, loaded.log_level)
    child = RelayProcess() if relay else None
    # A batch makes a few hundred thousand objects and hardly a cycle: looking for cycles as often
    # as Python does by default takes a fifth of the worker's time.
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    with (
        bootstrap.worker(loaded, clock(now)) as worker,
        bootstrap.readiness(loaded) as readiness,
        probes(loaded.metrics_host, loaded.metrics_port, readiness),
    ):
        if child is not None:
            child.start()
        asyncio.run(_until_signalled(worker, child))


def relay(
    child: Annotated[bool, typer.Option(help="End when standard input ends.")] = False,
) -> None:
    """Publish what is in the outbox until SIGTERM."""
    loaded: Settings = settings.load()
    configure(loaded.log_format, loaded.log_level)
    with bootstrap.relays(loaded) as publishing:
        if child:  # the parent gets the signals, and says by its end, or ours of the pipe, to stop
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)

            def ended() -> None:
                while os.read(sys.stdin.fileno(), 1024):
                    pass
                publishing.stop()

            threading.Thread(target=ended, daemon=True).start()
        else:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: publishing.stop())
        with (
            bootstrap.readiness(loaded) as readiness,
            probes(loaded.metrics_host, loaded.relay_metrics_port, readiness),
        ):
            publishing.run()


class RelayProcess:
    """The relay as a child. It ends with its parent however that ends: its standard input is a
    pipe of ours. If it ends by itself it is started again."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, or start it again."""
        self._process = subprocess.Popen(RELAY_COMMAND, stdin=subprocess.PIPE)

    async def keep_alive(self) -> None:
        """Start it again whenever it has ended."""
        while self._process is not None:
            await asyncio.sleep(1.0)
            if self._process.poll() is not None:
                log.error("the relay ended, starting it again", code=self._process.returncode)
                self.start()

    def stop(self) -> None:
        """Let it publish what is there, and wait for its end."""
        process, self._process = self._process, None
        if process is not None and process.stdin is not None:
            process.stdin.close()
            try:
                process.wait(_RELAY_SECONDS)
            except subprocess.TimeoutExpired:
                log.warning("the relay does not end; killed, the next one publishes the rest")
                process.kill()


async def _until_signalled(worker: Worker, child: RelayProcess | None) -> NoReturn:
    """Work, and then end the process here: on the way out of an event loop, Faust may hold on."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, worker.stop)
    keeping = asyncio.create_task(child.keep_alive()) if child is not None else None
    try:
        await worker.run()
    except Exception as error:
        # At once, before anything else runs: the batch is untouched, and the relay ends when our
        # end of its pipe closes.
        log.error("worker ends", error=described(error), exc_info=not isinstance(error, REFUSALS))
        _leave(1)
    if keeping is not None and child is not None:
        keeping.cancel()
        await asyncio.to_thread(child.stop)
    log.info("stopped")
    _leave(0)


def _leave(code: int) -> NoReturn:
    """End the process at once."""
    sys.stderr.flush()
    os._exit(code)
