"""I3: bronze before silver before gold per recipient and loop; each recipient in one partition."""

from collections import defaultdict

from tests.verification.checker.ids import award_id
from tests.verification.checker.known import Known
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import AWARDED, INVITED, WireMessage

LEVELS = ("bronze", "silver", "gold")


def levels(known: Known) -> Finding:
    """Judge I3. When a level is awarded, those below it must stand."""
    finding = Finding("I3", "levels in order of publication", needed=("levels awarded", "keys"))
    standing: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for message in known.wire.first:
        if message.type != INVITED and message.data["level"] is not None:
            _told(finding, known, message, standing)
    partitions: dict[bytes | None, set[int]] = defaultdict(set)
    for record in known.seen.awards.records:
        partitions[record.key].add(record.partition)
    finding.compared["keys"] = len(partitions)
    for key, found in partitions.items():
        finding.require(len(found) == 1, f"messages of key {key!r} stand in partitions {found}")
    return finding


def _told(
    finding: Finding,
    known: Known,
    message: WireMessage,
    standing: dict[tuple[object, ...], set[str]],
) -> None:
    data, level = message.data, str(message.data["level"])
    who = tuple(data[name] for name in ("program_id", "loop_id", "recipient_id", "badge"))
    if message.type != AWARDED:
        standing[who].discard(level)
        return
    finding.compared["levels awarded"] += 1
    if level not in LEVELS:
        finding.violate("no such level", message)
        return
    below = set(LEVELS[: LEVELS.index(level)])
    program, loop, person, badge = (str(name) for name in who)
    missing = {
        lower
        for lower in below - standing[who]
        if not known.replays.hushed(award_id(program, loop, person, badge, lower))
    }
    if missing:
        finding.violate(f"came before {', '.join(sorted(missing))}", message)
    standing[who].add(level)
