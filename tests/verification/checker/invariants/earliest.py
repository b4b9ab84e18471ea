"""I6: what an announcement names are the first of the facts that were there when it was made."""

from tests.verification.checker.known import Known
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import AWARDED
from tests.verification.oracle.reading import KUDOS_BADGES


def earliest(known: Known) -> Finding:
    """Judge that no announcement passes over an earlier fact. Which facts were there is judged by
    the batches: without a log of the cursors there is nothing to judge by."""
    finding = Finding("I6", "the earliest facts known are named", needed=())
    for message in known.wire.of(AWARDED):
        if message.data["badge"] in KUDOS_BADGES:
            continue  # one fact, one award
        named = known.proofs.named(message.data)
        if not named:
            continue  # it names awards, or what `evidence` complains of
        finding.compared["proofs"] += 1
        for fact in known.arrivals.left_out(message.data, named):
            finding.violate(f"passes over {fact.type} {fact.key[4]}, which was told", message)
    return finding
