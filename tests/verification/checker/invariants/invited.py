"""I1: whoever rated high was invited to give kudos, once, and nobody else."""

from typing import Literal

from tests.verification.checker.input_log import LedgerKey, LoggedFact
from tests.verification.checker.instants import spelled
from tests.verification.checker.kept import FactKey
from tests.verification.checker.known import Known
from tests.verification.checker.seen import Json
from tests.verification.checker.verdict import Finding
from tests.verification.checker.wire import INVITED, WireMessage
from tests.verification.oracle.oracle import invitations_of

Due = Literal["must", "may", "must not"]


def invited(known: Known) -> Finding:
    """Judge I1 for invitations."""
    finding = Finding("I1", "invitations on the topic = expected", needed=("invitations",))
    due, lines = _due(known)
    told: dict[str, list[WireMessage]] = {}
    for message in known.wire.of(INVITED):
        told.setdefault(str(message.data["invitation_id"]), []).append(message)
    finding.compared["invitations"] = len(told)
    for number, kind in due.items():
        survey = f"survey {lines[number]['survey_id']} in {lines[number]['loop_id']} ({number})"
        if kind == "must":
            finding.require(number in told, f"{survey} invites, and nobody was invited")
        if kind == "must not":
            finding.require(
                number not in told,
                f"{survey} came after its retraction, and invited",
            )
    for number, messages in told.items():
        if number not in due:
            finding.violate(f"invitation {number} at {messages[0].at} has no survey")
            continue
        for message in messages:
            _fields(finding, message, lines[number])
        finding.require(len(messages) == 1, f"invitation {number}: told under several event ids")
    return finding


def _due(known: Known) -> tuple[dict[str, Due], dict[str, Json]]:
    due: dict[str, Due] = {}
    lines: dict[str, Json] = {}
    for key, telling in known.log.accepted.items():
        for line in invitations_of(telling.told):
            number = str(line["invitation_id"])
            lines[number] = {**line, "time": spelled(telling.told.time)}
            due[number] = _of_one(known, key, telling)
    return due, lines


def _of_one(known: Known, key: FactKey, telling: LoggedFact) -> Due:
    """A survey retracted in the batch that brought it, or from elsewhere, may invite or not; one
    of a history that was brought in does not."""
    row = known.log.kept.get(LedgerKey(False, key))
    if row is not None and known.origins.brought_in(row):
        return "must not"
    retraction = known.log.retractions.get(key)
    if retraction is None:
        return "must"
    if telling.place is None or retraction.place is None:
        return "may"
    (partition, offset), (other, later) = telling.place, retraction.place
    if partition != other:
        return "may"
    if later < offset:
        return "must not"
    batch = known.batches.number
    return "must" if batch(partition, offset) != batch(partition, later) else "may"


def _fields(finding: Finding, message: WireMessage, line: Json) -> None:
    data = message.data
    wanted = {name: line[name] for name in line if name != "time"}
    shown = {**data, "about_ids": sorted(data["about_ids"])}
    finding.require(shown == wanted, f"invitation at {message.at} says {shown}, must say {wanted}")
    where = f"invitation {data['invitation_id']} at {message.at}"
    finding.require(message.time == line["time"], f"{where}: time is not the survey's")
    finding.require(
        message.record.key == str(data["respondent_id"]).encode(), f"{where}: not the right key"
    )
