"""The facts of a program of some types, in order: what a program recorded of its people."""

from collections.abc import Collection

from engine.fact import Fact
from engine.projections.eligibility import in_order
from engine.queries.snapshot import Snapshot
from engine.store.facts import of_person as stored


def of_types(snapshot: Snapshot, program: str, types: Collection[str]) -> list[Fact]:
    """The accepted, unretracted ones, in the order of facts. Reads all of the ledger, once: for
    what is asked once in a while."""
    return sorted(stored.of_types(snapshot.tx, program, types), key=in_order)
