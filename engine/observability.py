"""Logs: structlog to stderr, as lines for people at a terminal and as JSON elsewhere.

What is logged are names of things (topics, partitions, counts, reasons), never an event's data.
Errors are described as in tracebacks.py: their messages may quote data.
"""

import logging
import sys
import threading
from types import TracebackType
from typing import cast

import structlog
from structlog.typing import FilteringBoundLogger

from engine.tracebacks import OURS, described, traced

_Raised = tuple[type[BaseException], BaseException, TracebackType | None]

# Libraries that repeat themselves many times a second while a broker is away.
_CHATTY = ("aiokafka", "kafka", "faust", "mode")
_QUIET_FOR_SECONDS = 10.0

# What they call an error or warn of, and is a part of every first start (the broker makes the topic
# of the groups only then), or of a worker's coming. Of a broker that is away they say more. A task
# of a tenth of a second is a busy machine, nothing else.
_EXPECTED = (
    "Task <kafka.net.selector.Task object",
    "Group Coordinator Request failed",
    "Marking the coordinator dead",
    "Heartbeat failed for group %s because it is rebalancing",
)


# Faust's services log their starting and stopping under the names of our subclasses.
_LIFE_OF_A_SERVICE = "[^"


class _OnceInAWhile(logging.Filter):
    """Lets a library's message through once in a while, not eighty times a second."""

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if str(record.msg).startswith(_EXPECTED):
            return False
        key = (record.name, str(record.msg))
        if record.created - self._last.get(key, 0.0) < _QUIET_FOR_SECONDS:
            return False
        if len(self._last) > 1_000:
            self._last.clear()
        self._last[key] = record.created
        return True


def configure(log_format: str = "auto", level: str = "info") -> None:
    """Set up logging for this process. `log_format`: auto, json or console."""
    console = sys.stderr.isatty() if log_format == "auto" else log_format == "console"
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if console
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_without_messages),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.PositionalArgumentsFormatter()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    handler.addFilter(_libraries_once_in_a_while())
    handler.addFilter(_libraries_without_messages)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for package in OURS:
        logging.getLogger(package).setLevel(level.upper())
    threading.excepthook = lambda crash: logging.getLogger(__name__).error(
        "a thread ended", exc_info=crash.exc_value
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _without_messages(exc_info: _Raised) -> str:
    return traced(exc_info[1])


def _libraries_without_messages(record: logging.LogRecord) -> bool:
    """Libraries put errors into their lines; asyncio those of tasks, in all that follows."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            described(value) if isinstance(value, BaseException) else value for value in record.args
        )
    if record.name == "asyncio":
        record.msg = str(record.msg).partition("\n")[0]
    return True


def _libraries_once_in_a_while() -> logging.Filter:
    seldom = _OnceInAWhile()

    class Filter(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            if str(record.msg).startswith(_LIFE_OF_A_SERVICE) and record.levelno < logging.WARNING:
                return False
            return not record.name.startswith(_CHATTY) or seldom.filter(record)

    return Filter()


def logger(name: str) -> FilteringBoundLogger:
    """A logger by the module's name."""
    return cast(FilteringBoundLogger, structlog.get_logger(name))
