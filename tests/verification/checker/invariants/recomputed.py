"""I1: cutovers, rollbacks and releases published what was decided, and nothing else."""

from collections import Counter

from tests.verification.checker.known import Known
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import REVOKED


def recomputed(known: Known) -> Finding:
    """Judge what switches changed: revocations with reason `recomputed`, silent revisions, and
    awards kept by decision."""
    finding = Finding("I1", "replays publish what was decided", needed=())
    if not known.replays.any:
        return finding
    finding.compared["switches"] = len(known.seen.database.switches)
    for fault in known.replays.faults:
        finding.violate(fault)
    _revoked(finding, known)
    _silent(finding, known)
    _kept(finding, known)
    return finding


def _revoked(finding: Finding, known: Known) -> None:
    must, may = known.replays.must_hear, known.replays.may_hear
    heard: Counter[tuple[str, str]] = Counter()
    for message in known.wire.of(REVOKED):
        if message.data["reason"] == "recomputed":
            revoked = (str(message.data["award_id"]), message.time)
            heard[revoked] += 1
            finding.compared["recomputed"] += 1
            finding.require(message.data["evidence"] == [], "a replay names evidence", message)
            finding.require(
                revoked in must or revoked in may,
                "is revoked as recomputed, and no replay took it away with a message then",
                message,
            )
    for award, time in sorted(must):
        line = known.possible.get(award, {"award_id": award})
        number = heard[award, time]
        finding.require(number == 1, f"a replay at {time} took it away, told {number} times", line)


def _silent(finding: Finding, known: Known) -> None:
    """Revisions advance also where nothing is published: as often as was decided."""
    for row in known.seen.database.awards:
        missing = row.revision - len(known.histories.get(row.award_id, []))
        least = known.replays.silent[row.award_id]
        most = least + known.replays.perhaps_silent[row.award_id]
        finding.compared["silent revisions"] += least
        finding.require(
            least <= missing <= most,
            f"{missing} of its {row.revision} revisions have no message, {least} were silent",
            {"award_id": row.award_id, **known.possible.get(row.award_id, {})},
        )


def _kept(finding: Finding, known: Known) -> None:
    kept, perhaps = known.replays.kept, known.replays.perhaps_kept
    finding.compared["kept"] += len(kept)
    marked = {row.award_id for row in known.seen.database.awards if row.decided and row.standing}
    for award in sorted(kept - marked):
        finding.violate(f"award {award} was kept by decision, and is not marked so")
    for award in sorted(marked - kept - perhaps):
        finding.violate(f"award {award} is marked as kept, and no decision keeps it")
