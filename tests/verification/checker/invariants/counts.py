"""I7: what somebody holds becomes less only by a retraction, and every total is the count."""

from collections import Counter

from tests.verification.checker.known import Known
from tests.verification.checker.seen import Json
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import AWARDED, REVOKED
from tests.verification.oracle.reading import KUDOS_BADGES

Who = tuple[str, str, str]  # program, recipient, badge


def _who(line: Json) -> Who:
    return (str(line["program_id"]), str(line["recipient_id"]), str(line["badge"]))


def counts(known: Known) -> Finding:
    """Judge I7, in the order of publication. A recipient's messages are in one partition."""
    finding = Finding("I7", "counts fall only by retraction", needed=("counts", "totals"))
    running: Counter[Who] = Counter()
    for message in known.wire.of(AWARDED, REVOKED):
        data = message.data
        who = (str(data["program_id"]), str(data["recipient_id"]), str(data["badge"]))
        running[who] += 1 if message.type == AWARDED else -1
        if message.type == REVOKED:
            finding.compared["falls"] += 1
            named_ids = [str(item["id"]) for item in data["evidence"]]
            recomputed = known.replays.any and data["reason"] == "recomputed"
            finding.require(
                recomputed or any((who[0], name) in known.retractions for name in named_ids),
                "the count fell, and nothing was retracted",
                message,
            )
        hushed = known.replays.any and bool(known.replays.silent or known.replays.perhaps_silent)
        finding.require(running[who] >= 0 or hushed, "fewer than none", message)
        total = running[who] if who[2] in KUDOS_BADGES else None
        finding.compared["totals"] += total is not None
        finding.require(
            data["total"] == total,
            f"total is {data['total']}, must be {total}",
            message,
        )
    finding.compared["counts"] = len(running)
    expected = Counter(map(_who, known.expected.values()))
    possible = known.possible if known.replays.any else {}
    apart = {_who(possible[award]) for award in known.replays.touched & possible.keys()}
    for who in sorted((expected.keys() | running.keys()) - apart):
        finding.require(
            running[who] == expected[who],
            f"{who[1]} in {who[0]} ends with {running[who]} of {who[2]}, must be {expected[who]}",
        )
    return finding
