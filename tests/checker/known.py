"""Everything the invariants are judged by, worked out once."""

from functools import cached_property

from tests.checker import expected
from tests.checker.input_log import InputLog
from tests.checker.kept import FactKey
from tests.checker.origins import Origins
from tests.checker.proof import Witnesses
from tests.checker.reading_input import read_input
from tests.checker.seen import Json, Seen
from tests.checker.wire import Wire, wire
from tests.oracle.reading import Record as Told


class Known:
    """What was seen, beside what must be."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.log: InputLog = read_input(seen)
        self.origins = Origins(seen)
        self.wire: Wire = wire(seen.awards)

    @cached_property
    def expected(self) -> dict[str, Json]:
        """The awards that stand by the facts, by id, as AWARDS.jsonl has them."""
        return expected.awards(self.log.facts)

    @cached_property
    def possible(self) -> dict[str, Json]:
        """The awards that would stand had nothing been retracted. No other can ever have stood:
        more facts never take an award away."""
        return expected.awards(self.log.ever)

    @cached_property
    def measures(self) -> list[Json]:
        """The measures of the facts that stand."""
        return expected.measures(self.log.facts)

    @cached_property
    def witnesses(self) -> Witnesses:
        """All facts ever accepted: what an announcement may have named."""
        return Witnesses(self.log.ever)

    @cached_property
    def standing_witnesses(self) -> Witnesses:
        """The facts that stand: what a stored proof may name."""
        return Witnesses(self.log.facts)

    @cached_property
    def retractions(self) -> dict[tuple[str, str], list[tuple[FactKey, Told]]]:
        """Accepted retractions of accepted facts, by program and the fact's id."""
        found: dict[tuple[str, str], list[tuple[FactKey, Told]]] = {}
        for key, telling in self.log.retractions.items():
            if key in self.log.accepted:
                found.setdefault((key[0], key[4]), []).append((key, telling.told))
        return found
