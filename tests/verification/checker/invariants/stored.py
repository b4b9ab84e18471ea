"""I1: what is stored of an award was announced last, until a retraction breaks its proof."""

from collections import defaultdict

from tests.verification.checker.known import Known
from tests.verification.checker.seen import Json
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import AWARDED, WireMessage

Said = tuple[str, tuple[tuple[str, str], ...]]
"""The date of an award, and type and id of each piece of its evidence."""


def stored(known: Known) -> Finding:
    """Judge the dates and the evidence of the export of announced awards."""
    finding = Finding("I1", "stored as announced", needed=("stored awards",))
    before: dict[str, set[Said]] = defaultdict(set)
    for row in known.seen.database.restatements:
        before[row.award_id].add((row.awarded_at, row.evidence))
    for line in known.seen.exports.announced:
        award = str(line["award_id"])
        told = known.histories.get(award, [])
        if award in known.replays.touched or _reproved(known, line):
            continue  # put right, or not announced at all, by a cutover: `results` proves it
        if told and told[-1].type == AWARDED:
            finding.compared["stored awards"] += 1
            _line(finding, known, line, told[-1], before.get(award, set()))
    return finding


def _reproved(known: Known, line: Json) -> bool:
    return (str(line["program_id"]), str(line["badge"])) in known.replays.reproved


def _line(
    finding: Finding, known: Known, line: Json, announced: WireMessage, before: set[Said]
) -> None:
    has, must = _said(line), _said(announced.data)
    if has == must:
        return
    finding.compared["put right"] += 1
    facts = known.proofs.facts(announced)
    if facts is not None and facts.isdisjoint(known.log.retractions):
        finding.violate(
            f"is stored with {_shown(has)}, was announced with {_shown(must)}, and nothing it "
            "rests on was retracted",
            line,
        )
    finding.require(must in before, f"was announced with {_shown(must)}; nothing keeps that", line)


def _said(data: Json) -> Said:
    evidence = tuple((str(item["type"]), str(item["id"])) for item in data["evidence"])
    return str(data["awarded_at"]), evidence


def _shown(said: Said) -> str:
    return f"{said[0]} by {', '.join(name for _, name in said[1])}"
