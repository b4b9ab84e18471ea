"""The oracle: what a history file gives under the catalog `mentorloop`, by brute force.

It reads the whole history, then asks for every badge of every participant of every loop, straight
from the sentences of the semantics. It is slow, it knows no measures and no catalog, and imports
nothing of the engine: where the engine and the oracle differ, one of them is wrong.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from tests.verification.oracle.reading import (
    KUDOS,
    KUDOS_BADGES,
    MEETING,
    MILESTONE,
    QUIZ,
    RETRACTED,
    SURVEY,
    InputRecord,
    read,
)
from tests.verification.oracle.wire_values import OracleRefusal

NAMESPACE: UUID = uuid5(NAMESPACE_URL, "https://schemas.mentoring.example/badge-award")
REASONS = (
    "oversize",
    "malformed",
    "forbidden",
    "unknown_type",
    "invalid",
    "future",
    "conflict",
)
MILESTONES = ("matched", "first-meeting", "grow-together", "levelling-up")

Json = dict[str, Any]


class Rules(NamedTuple):
    """How many top ratings and meetings bronze, silver and gold ask for."""

    excellence: tuple[int, int, int] = (3, 6, 9)
    momentum: tuple[int, int, int] = (5, 10, 15)


LEVELS = ("bronze", "silver", "gold")
SHIPPED = Rules()


class OracleAnswer(NamedTuple):
    """The lines of AWARDS.jsonl and INVITATIONS.jsonl, and REPORT.json."""

    awards: list[Json]
    invitations: list[Json]
    report: Json


class OracleProof(NamedTuple):
    """When something became true, and the (time, type, id) it became true by."""

    time: datetime
    evidence: tuple[tuple[datetime, str, str], ...]


class OracleTelling(NamedTuple):
    """What stands after a whole history, and what became of its records."""

    facts: list[InputRecord]
    report: Json


def answer(lines: Iterable[bytes], now: datetime) -> OracleAnswer:
    """Everything a history file gives. `lines` as they stand, blank ones too; `now` is aware."""
    telling = tell(lines, now)
    awards = awards_of(telling.facts)
    invitations = [line for fact in telling.facts for line in invitations_of(fact)]
    return OracleAnswer(
        sorted(awards, key=lambda award: str(award["award_id"])),
        sorted(invitations, key=lambda line: str(line["invitation_id"])),
        {**telling.report, "awards": len(awards)},
    )


def tell(
    lines: Iterable[bytes], now: datetime, kinds: Collection[str] = KUDOS_BADGES
) -> OracleTelling:
    """Take the records in one by one: the first telling of a fact stands. `kinds`: of kudos."""
    told: dict[tuple[str, ...], InputRecord] = {}
    retracted: list[tuple[str, ...]] = []
    refused = dict.fromkeys(REASONS, 0)
    records = duplicates = 0
    for line in lines:
        if not line.strip(b" \t\r\n"):
            continue
        records += 1
        try:
            record = read(line, now, kinds)
        except OracleRefusal as refusal:
            refused[refusal.args[0]] += 1
            continue
        if record.type == RETRACTED:
            if record.key in retracted:
                duplicates += 1
            else:
                retracted.append(record.key)
        elif record.key not in told:
            told[record.key] = record
        elif told[record.key].content == record.content:
            duplicates += 1
        else:
            refused["conflict"] += 1
    report = {
        "records": records,
        "applied": len(told),
        "duplicates": duplicates,
        "retractions": len(retracted),
        "dead_letters": refused,
    }
    return OracleTelling([told[key] for key in told if key not in retracted], report)


def awards_of(facts: list[InputRecord]) -> list[Json]:
    """Every award that these facts give, in no order."""
    awards = [award for fact in facts for award in kudos_of(fact)]
    for program in {fact.key[0] for fact in facts}:
        here = [fact for fact in facts if fact.key[0] == program]
        for participant in people_of(here):
            awards.extend(certified_of(program, participant, here))
        for loop in {fact.key[2] for fact in here if fact.key[1] == "loop"}:
            told = [fact for fact in here if fact.key[1:3] == ("loop", loop)]
            for participant in people_of(told):
                certified = certified_of(program, participant, here)
                awards.extend(of_loop(program, loop, participant, told, certified))
    return awards


def people_of(facts: list[InputRecord]) -> set[str]:
    """Whom facts concern."""
    named: set[str] = set()
    for fact in facts:
        for field in ("attendee_ids", "about_ids"):
            named.update(fact.data.get(field, ()))
        for field in ("respondent_id", "participant_id", "recipient_id"):
            named.update({fact.data[field]} if field in fact.data else ())
    return named


def of_loop(
    program: str,
    loop: str,
    person: str,
    facts: list[InputRecord],
    certified: list[Json],
    rules: Rules = SHIPPED,
) -> list[Json]:
    """What a person earned in a loop: kudos aside. `certified`: what `certified_of` gives them."""
    meetings = [f for f in facts if f.type == MEETING and person in f.data["attendee_ids"]]
    surveys = [f for f in facts if f.type == SURVEY]
    praise = [
        f
        for f in surveys
        if f.data["survey"] == "mqs" and f.data["rating"] == 5 and person in f.data["about_ids"]
    ]
    reflections = [
        f
        for f in surveys
        if f.data["survey"] == "post_meeting" and f.data["respondent_id"] == person
    ]
    found: dict[tuple[str, str], OracleProof | None] = {}
    for level, number in zip(LEVELS, rules.excellence, strict=True):
        found["excellence", level] = _at_least(number, praise)
    for level, number in zip(LEVELS, rules.momentum, strict=True):
        found["momentum", level] = _at_least(number, meetings)
    found["growing-together", ""] = _all([_at_least(1, meetings), _at_least(1, reflections)])
    awards = [
        _award(program, loop, person, badge, level, proof)
        for (badge, level), proof in found.items()
        if proof is not None
    ]
    highest = [
        award
        for award in awards + certified
        if (award["badge"], award["occurrence"])
        in (
            ("excellence", "gold"),
            ("momentum", "gold"),
            ("mentorloop-certified", ""),
            ("growing-together", ""),
        )
    ]
    champion = [_every_milestone(person, facts)]
    if len(highest) == 4:
        parts = [(_moment(a), "award", str(a["award_id"])) for a in highest]
        champion.append(OracleProof(max(parts)[0], tuple(sorted(parts))))
    earned = [proof for proof in champion if proof is not None]
    if earned:
        first = min(earned, key=lambda proof: proof.time)  # of equals the first
        awards.append(_award(program, loop, person, "mentorloop-champion", "", first))
    return awards


def certified_of(program: str, person: str, facts: list[InputRecord]) -> list[Json]:
    """What a person earned in a program. `facts` are all of one program."""
    passed = [
        f
        for f in facts
        if f.type == QUIZ
        and f.data["quiz_id"] == "participant-course"
        and f.data["participant_id"] == person
    ]
    proof = _at_least(1, passed)
    if proof is None:
        return []
    return [_award(program, None, person, "mentorloop-certified", "", proof)]


def _every_milestone(person: str, facts: list[InputRecord]) -> OracleProof | None:
    completed = [f for f in facts if f.type == MILESTONE and f.data["participant_id"] == person]
    return _all(
        [
            _at_least(1, [f for f in completed if f.data["milestone"] == milestone])
            for milestone in MILESTONES
        ]
    )


def kudos_of(fact: InputRecord) -> list[Json]:
    """The award that a fact is by itself, if it is one."""
    if fact.type != KUDOS:
        return []
    program, _, loop, _, kudos = fact.key
    proof = OracleProof(fact.time, ((fact.time, KUDOS, kudos),))
    award = _award(program, loop, fact.data["recipient_id"], fact.data["kind"], kudos, proof)
    return [{**award, "level": None}]


def _at_least(number: int, facts: list[InputRecord]) -> OracleProof | None:
    ordered = sorted(facts, key=_order)
    if len(ordered) < number:
        return None
    evidence = tuple((f.time, f.type, f.key[4]) for f in ordered[:number])
    return OracleProof(ordered[number - 1].time, evidence)


def _all(proofs: list[OracleProof | None]) -> OracleProof | None:
    met = [proof for proof in proofs if proof is not None]
    if len(met) < len(proofs):
        return None
    evidence = {item for proof in met for item in proof.evidence}
    return OracleProof(max(proof.time for proof in met), tuple(sorted(evidence)))


def _order(fact: InputRecord) -> tuple[datetime, str, str, str]:
    _, kind, place, fact_type, name = fact.key
    return (fact.time, fact_type, name, place if kind == "loop" else "")


def _award(
    program: str, loop: str | None, person: str, badge: str, occurrence: str, proof: OracleProof
) -> Json:
    number = naive_id(program, loop or "", person, badge, occurrence)
    items = [(fact_type, name) for _, fact_type, name in proof.evidence]
    return award_line(number, program, loop, person, badge, occurrence, proof.time, items)


def award_line(
    number: str,
    program: str,
    loop: str | None,
    person: str,
    badge: str,
    occurrence: str,
    time: datetime,
    evidence: Iterable[tuple[str, str]],
) -> Json:
    """A line of AWARDS.jsonl. `evidence`: types and ids in order; `occurrence` is the level."""
    return {
        "award_id": number,
        "program_id": program,
        "loop_id": loop,
        "recipient_id": person,
        "badge": badge,
        "level": occurrence or None,
        "occurrence": occurrence,
        "awarded_at": text_of(time),
        "evidence": [{"type": fact_type, "id": name} for fact_type, name in evidence],
    }


def text_of(time: datetime) -> str:
    """An instant as exports write it: in UTC, with microseconds."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def invitations_of(fact: InputRecord) -> list[Json]:
    """The invitation that a fact gives rise to, if it does."""
    if fact.type != SURVEY or fact.data["rating"] < 4:
        return []
    program, _, loop, _, survey = fact.key
    respondent = fact.data["respondent_id"]
    return [
        {
            "invitation_id": naive_id("invitation", program, loop, survey, respondent),
            "program_id": program,
            "loop_id": loop,
            "respondent_id": respondent,
            "about_ids": sorted(fact.data["about_ids"]),
            "survey_id": survey,
        }
    ]


def _moment(award: Mapping[str, Any]) -> datetime:
    text = str(award["awarded_at"]).removesuffix("Z")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def naive_id(*names: str) -> str:
    """The id of what these names mean together: of an award, or of an invitation."""
    return str(uuid5(NAMESPACE, "\x1f".join(names)))
