"""I4: measures and awards are those of the facts; what is stored as announced is proven."""

from tests.verification.checker.known import Known
from tests.verification.checker.seen import Json
from tests.verification.checker.verdict import Finding


def results(known: Known) -> Finding:
    """Judge I4."""
    finding = Finding(
        "I4",
        "measures and awards = expected",
        needed=("lines of measures", "awards recomputed", "proofs"),
    )
    _measures(finding, known)
    _recomputed(finding, known)
    for line in known.seen.exports.announced:
        if not _by_facts(known, line):
            continue
        finding.compared["proofs"] += 1
        rules = known.replays.rules(str(line["program_id"]))
        for fault in known.standing_witnesses.faults(line, rules):
            # A proof of another rule is put right at a cutover, the announced date is not.
            if not (fault.startswith("awarded_at") and _reproved(known, line)):
                finding.violate(f"as announced: {fault}", line)
        for item in line["evidence"]:
            if item["type"] == "award" and item["id"] not in known.expected:
                finding.violate(f"as announced: rests on award {item['id']}, gone", line)
    return finding


def _by_facts(known: Known, line: Json) -> bool:
    """Whether facts, not a decision, justify an award."""
    award = str(line["award_id"])
    return award not in known.replays.kept and award not in known.replays.perhaps_kept


def _reproved(known: Known, line: Json) -> bool:
    return (str(line["program_id"]), str(line["badge"])) in known.replays.reproved


def _measures(finding: Finding, known: Known) -> None:
    found, wanted = known.seen.exports.measures, known.measures
    finding.compared["lines of measures"] = len(wanted)
    shown = {_who(line): line["measures"] for line in found}
    right = {_who(line): line["measures"] for line in wanted}
    for who in sorted(shown.keys() | right.keys(), key=repr):
        name = f"measures of {who[2]} in {who[0]}/{who[1]}"
        if who not in right or who not in shown:
            missing = "missing" if who in right else "there, though nothing counts for them"
            finding.violate(f"{name} are {missing}")
            continue
        for measure in sorted(shown[who].keys() | right[who].keys()):
            has, must = shown[who].get(measure), right[who].get(measure)
            finding.require(has == must, f"{name}: {measure} is {has}, must be {must}")
    finding.require(
        [_who(line) for line in found] == [_who(line) for line in wanted if _who(line) in shown]
        or shown.keys() != right.keys(),
        "measures are not sorted by program, loop and participant, each once",
    )


def _recomputed(finding: Finding, known: Known) -> None:
    found = known.seen.exports.recomputed
    finding.compared["awards recomputed"] = len(found)
    lines = {str(line["award_id"]): line for line in found}
    for award in sorted(lines.keys() | known.expected.keys()):
        line, wanted = lines.get(award), known.expected.get(award)
        if line is None and wanted is not None:
            finding.violate("is expected, and not recomputed", wanted)
        elif wanted is None and line is not None:
            finding.violate("is recomputed, and not expected", line)
        elif line is not None and wanted is not None:
            _line(finding, line, wanted)
    ids = [str(line["award_id"]) for line in found]
    finding.require(ids == sorted(set(ids)), "recomputed awards are not sorted by id, each once")


def _line(finding: Finding, line: Json, wanted: Json) -> None:
    for name in sorted(line.keys() | wanted.keys()):
        has, must = line.get(name), wanted.get(name)
        finding.require(has == must, f"recomputed: {name} is {has}, must be {must}", wanted)


def _who(line: Json) -> tuple[str, str | None, str]:
    return (line["program_id"], line["loop_id"], line["participant_id"])
