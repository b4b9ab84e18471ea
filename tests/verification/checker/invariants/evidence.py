"""I6: evidence exists. What a message names was told, and gives what the message says of it."""

from tests.verification.checker.instants import spelled
from tests.verification.checker.kept import FactKey
from tests.verification.checker.known import Known
from tests.verification.checker.seen import Json
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import AWARDED, REVOKED, WireMessage
from tests.verification.oracle.oracle import people_of
from tests.verification.oracle.reading import (
    KUDOS,
    KUDOS_BADGES,
    MEETING,
    MILESTONE,
    QUIZ,
    RETRACTED,
    SURVEY,
)

_RESTS_ON = {
    "excellence": {SURVEY},
    "momentum": {MEETING},
    "mentorloop-certified": {QUIZ},
    "growing-together": {MEETING, SURVEY},
    "mentorloop-champion": {MEETING, SURVEY, QUIZ, MILESTONE},
    **{badge: {KUDOS} for badge in KUDOS_BADGES},
}


def evidence(known: Known) -> Finding:
    """Judge I6. The very facts named must earn the very award, on the very date."""
    finding = Finding("I6", "evidence exists and proves", needed=("facts named",))
    standing: set[str] = set()
    for message in known.wire.of(AWARDED, REVOKED):
        award = str(message.data["award_id"])
        if message.type == AWARDED:
            _awarded(finding, known, message, standing)
            standing.add(award)
        else:
            _revoked(finding, known, message)
            standing.discard(award)
    return finding


def _awarded(finding: Finding, known: Known, message: WireMessage, standing: set[str]) -> None:
    data = message.data
    for fault in known.witnesses.faults_by_any(data, known.replays.ever):
        finding.violate(fault, message)
    for item in data["evidence"]:
        if item["type"] == "award":
            finding.compared["awards named"] += 1
            finding.require(
                item["id"] in standing or known.replays.hushed(str(item["id"])),
                f"names award {item['id']}, which does not stand",
                message,
            )
        else:
            finding.compared["facts named"] += 1


def _revoked(finding: Finding, known: Known, message: WireMessage) -> None:
    """The reason is a retraction that was told, of a fact that such an award may rest on."""
    data = message.data
    if data["reason"] == "recomputed" and known.replays.any:
        return  # `recomputed` judges it
    if data["reason"] != "fact_retracted":
        finding.violate(f"revoked as {data['reason']}", message)
        return
    finding.compared["retractions named"] += 1
    if [item["type"] for item in data["evidence"]] != [RETRACTED]:
        finding.violate("its reason is not one retraction", message)
        return
    name = str(data["evidence"][0]["id"])
    told = known.retractions.get((str(data["program_id"]), name), [])
    concerned = [retraction for key, retraction in told if _may_rest_on(known, key, data)]
    if not concerned:
        finding.violate(f"nobody retracted {name}, that it rests on", message)
        return
    times = {spelled(retraction.time) for retraction in concerned}
    finding.require(message.time in times, "its time is not the retraction's", message)


def _may_rest_on(known: Known, key: FactKey, award: Json) -> bool:
    fact = known.log.accepted[key].told
    program, kind, place, fact_type, _ = key
    in_place = (kind, place) == ("loop", award["loop_id"]) or fact_type == QUIZ
    return (
        program == award["program_id"]
        and in_place
        and fact_type in _RESTS_ON.get(str(award["badge"]), set())
        and award["recipient_id"] in people_of([fact])
    )
