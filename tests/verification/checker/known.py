"""Everything the invariants are judged by, worked out once."""

from functools import cached_property

from tests.verification.checker import expected
from tests.verification.checker.arrivals import Arrivals
from tests.verification.checker.batches import Batches
from tests.verification.checker.input_log import InputLog
from tests.verification.checker.kept import FactKey
from tests.verification.checker.origins import Origins
from tests.verification.checker.proof import Witnesses
from tests.verification.checker.proofs import Proofs
from tests.verification.checker.reading_input import read_input
from tests.verification.checker.replays import Replays, replays
from tests.verification.checker.seen import Json, Observations
from tests.verification.checker.wire import AWARDED, WireMessage, WireView, wire
from tests.verification.oracle.reading import InputRecord


class Known:
    """What was seen, beside what must be."""

    def __init__(self, seen: Observations) -> None:
        self.seen = seen
        self.log: InputLog = read_input(seen)
        self.origins = Origins(seen)
        self.wire: WireView = wire(seen.awards)

    @cached_property
    def replays(self) -> Replays:
        """What cutovers, rollbacks and releases changed."""
        return replays(self.seen.database, self.log)

    @cached_property
    def expected(self) -> dict[str, Json]:
        """The awards that stand by the facts, by id, as AWARDS.jsonl has them."""
        return expected.awards(self.log.facts, self.replays.rules)

    @cached_property
    def possible(self) -> dict[str, Json]:
        """The awards that would stand had nothing been retracted, under any rules that were live.
        No other can ever have stood: more facts never take an award away."""
        possible: dict[str, Json] = {}
        for rules in self.replays.ever:
            possible.update(expected.awards(self.log.ever, expected.everywhere(rules)))
        return possible

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
        """The facts that stand: what a stored proof may name.

        What rests on awards is dated by their facts as known when it was announced. One that came
        after an award was announced is in no proof of that one; so its retraction breaks none, and
        the date stays.
        """
        standing = {fact.key for fact in self.log.facts}
        gone = (fact for fact in self.log.ever if fact.key not in standing)
        return Witnesses(self.log.facts, [f for f in gone if not self.proofs.ever_named(f.key)])

    @cached_property
    def histories(self) -> dict[str, list[WireMessage]]:
        """The first tellings about each award, by its id."""
        return self.wire.awards()

    @cached_property
    def batches(self) -> Batches:
        """Which batch brought what."""
        return Batches(self.seen.database.steps)

    @cached_property
    def arrivals(self) -> Arrivals:
        """When facts were there to be counted."""
        return Arrivals(self.log, self.batches)

    @cached_property
    def proofs(self) -> Proofs:
        """What announcements rest on."""
        return Proofs(self.wire.of(AWARDED), self.witnesses)

    @cached_property
    def retractions(self) -> dict[tuple[str, str], list[tuple[FactKey, InputRecord]]]:
        """Accepted retractions of accepted facts, by program and the fact's id."""
        found: dict[tuple[str, str], list[tuple[FactKey, InputRecord]]] = {}
        for key, telling in self.log.retractions.items():
            if key in self.log.accepted:
                found.setdefault((key[0], key[4]), []).append((key, telling.told))
        return found
