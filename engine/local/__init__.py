"""A Kafka broker and a PostgreSQL on this machine, for the demo, the tests and the benchmarks.

Whatever is started here listens on this machine only, keeps its data in a temporary folder, and
is gone with that folder when its context manager ends, or when the process that started it dies,
however it dies. Linux and macOS.
"""

from engine.local.errors import PartFailed, PartMissing
from engine.local.parts import Broker, Database, broker, database

__all__ = ["Broker", "Database", "PartFailed", "PartMissing", "broker", "database"]
