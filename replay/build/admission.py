"""Which records of a source a replay reads: as a worker reads them, and of the programs that it is
of."""

from collections.abc import Iterable

from engine.catalog.model import Catalog
from engine.fact import Place
from engine.intake.parse import ParsedFact, ParsedRetraction, admit, parse_record
from engine.intake.refusal import Refusal
from events.envelope import Headers
from events.instants import Instant
from events.schemas.registry import TopicKind


class SourceAdmission:
    """Reads records one by one, and counts them. `records`: all but those of other programs than
    were asked for, which are `elsewhere`."""

    def __init__(
        self, catalog: Catalog, latest: Instant, programs: Iterable[str] | None = None
    ) -> None:
        """`latest`: the latest time an event may carry. `programs`: None for all."""
        self._catalog = catalog
        self._latest = latest
        self._programs = None if programs is None else frozenset(programs)
        self.records = 0
        self.elsewhere = 0

    def read(
        self, value: bytes | None, headers: Headers = (), on: TopicKind | None = None
    ) -> ParsedFact | ParsedRetraction | Refusal | None:
        """Read one record; None if it is of another program. `on`: the kind of topic it stands on;
        None: in a file, which may hold every type."""
        reading = parse_record(value, headers, on)
        if not isinstance(reading, Refusal) and not self._asked(reading):
            self.elsewhere += 1
            return None
        self.records += 1
        if isinstance(reading, Refusal):
            return reading
        return admit(reading, self._catalog, self._latest) or reading

    def _asked(self, reading: ParsedFact | ParsedRetraction) -> bool:
        return self._programs is None or place_of(reading).program in self._programs


def place_of(reading: ParsedFact | ParsedRetraction) -> Place:
    """Where a fact is, or one that is retracted."""
    return reading.fact.place if isinstance(reading, ParsedFact) else reading.retraction.place
