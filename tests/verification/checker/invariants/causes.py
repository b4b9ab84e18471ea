"""I6: a revocation names the last of the retractions that broke what was announced."""

from datetime import datetime
from itertools import pairwise

from tests.verification.checker.input_log import LoggedFact
from tests.verification.checker.instants import spelled
from tests.verification.checker.kept import FactKey
from tests.verification.checker.known import Known
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import AWARDED, REVOKED, WireMessage

Retracted = tuple[FactKey, LoggedFact]
Order = tuple[datetime, str, str]


def causes(known: Known) -> Finding:
    """Judge causes, each among the retractions of one batch of one partition."""
    finding = Finding("I6", "revocations name the last cause", needed=())
    for told in known.histories.values():
        for announced, revoked in pairwise(told):
            lost = (announced.type, revoked.type) == (AWARDED, REVOKED)
            if lost and not _by_replay(known, revoked):
                _cause(finding, known, announced, revoked)
    return finding


def _by_replay(known: Known, revoked: WireMessage) -> bool:
    """Whether a replay took an award away, put its announced proof right, or changed it silently:
    what `recomputed` judges, or nobody outside knows."""
    data, replays = revoked.data, known.replays
    if not replays.any:
        return False
    award = str(data["award_id"])
    rule = (str(data["program_id"]), str(data["badge"]))
    return data["reason"] == "recomputed" or award in replays.touched or rule in replays.reproved


def _cause(finding: Finding, known: Known, announced: WireMessage, revoked: WireMessage) -> None:
    facts = known.proofs.facts(announced)
    if facts is None:
        return
    retractions = known.log.retractions
    broken = [(key, retractions[key]) for key in facts if key in retractions]
    if not broken:
        finding.violate("is revoked, and nothing that it rests on was retracted", revoked)
        return
    cause = _named(known, revoked, broken)
    together = _together(known, cause, broken) if cause is not None else None
    if cause is None or together is None:
        return
    finding.compared["causes"] += 1
    if cause not in broken:
        finding.violate("its cause is the retraction of what it did not rest on", revoked)
    elif (last := max(together, key=_order)) != cause:
        finding.violate(f"its cause must be the retraction of {last[0][3]} {last[0][4]}", revoked)


def _named(known: Known, revoked: WireMessage, broken: list[Retracted]) -> Retracted | None:
    """The retraction that a revocation names; None if there is none such, or several are. The
    same id may be taken in several places, and by several types."""
    program, evidence = str(revoked.data["program_id"]), revoked.data["evidence"]
    found = [
        (key, known.log.retractions[key])
        for item in evidence
        for key, told in known.retractions.get((program, str(item["id"])), [])
        if spelled(told.time) == revoked.time
    ]
    likely = [item for item in found if item in broken] or found
    return likely[0] if len(likely) == 1 else None


def _together(known: Known, cause: Retracted, broken: list[Retracted]) -> list[Retracted] | None:
    """Those of the batch that brought the cause; None if any may have come before it. Then the
    stored proof may have been put right, and nobody outside knows what it named since."""
    batch = _batch(known, cause)
    batches = [_batch(known, item) for item in broken]
    if batch is None or any(one is None or one[0] != batch[0] or one < batch for one in batches):
        return None
    return [item for item, one in zip(broken, batches, strict=True) if one == batch]


def _batch(known: Known, item: Retracted) -> tuple[int, int] | None:
    place = item[1].place
    number = known.batches.number(*place) if place is not None else None
    return (place[0], number) if place is not None and number is not None else None


def _order(item: Retracted) -> Order:
    key, telling = item
    return telling.told.time, key[3], key[4]
