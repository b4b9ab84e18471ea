"""What a worker would refuse of a file, before any of it is sent.

Kept per fact: where it was given first, and a hash of its content, not the content.
"""

from collections.abc import Callable
from hashlib import blake2b

from engine.catalog.model import Catalog
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, admit, completed, parse_record
from engine.intake.refusal import Refusal
from events.envelope import MAX_BYTES
from events.history_file import LONGEST
from events.instants import Instant


class FileCheck:
    """Checks lines in the order of the file. What the ledger holds already it does not know."""

    def __init__(self, catalog_of: Callable[[str], Catalog], latest: Instant) -> None:
        """`catalog_of`: a program's catalog. `latest`: the latest time an event may carry."""
        self._catalog_of = catalog_of
        self._latest = latest
        self._first: dict[Key, tuple[int, bytes]] = {}

    def refusal(self, number: int, value: bytes) -> Refusal | None:
        """Why a worker would refuse this line; None if it would accept it, or count it as a
        duplicate."""
        if len(value) > LONGEST:  # and was cut
            more = f"value has over {LONGEST} bytes; at most {MAX_BYTES} are read"
            return Refusal("oversize", more)
        reading = parse_record(value)
        if isinstance(reading, Refusal):
            if reading.deferred is None:
                return reading
            return completed(reading, self._catalog_of(reading.deferred.program))
        if not isinstance(reading, ParsedFact):
            return admit(reading, self._catalog_of(reading.retraction.place.program), self._latest)
        refusal = admit(reading, self._catalog_of(reading.fact.place.program), self._latest)
        if refusal is not None:
            return refusal
        content = blake2b(reading.content.encode(), digest_size=16).digest()
        line, first = self._first.setdefault(reading.key, (number, content))
        if first == content:
            return None
        return Refusal("conflict", f"line {line} gives the same fact with other content")
