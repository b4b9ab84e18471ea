"""The oracle for any catalog: what facts give under it, by brute force.

It asks every badge of every person of every loop, straight from the sentences of the semantics, and
finds dates by trying one more fact at a time. It is slow, and imports nothing of the engine: where
the engine and the oracle differ, one of them is wrong.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from tests.verification.oracle.catalog_text import NaiveCatalog, award_id, kudos_kinds
from tests.verification.oracle.counting import entries, meets, people
from tests.verification.oracle.days import valid_until
from tests.verification.oracle.oracle import OracleAnswer, award_line, naive_id, tell, text_of
from tests.verification.oracle.proving import NaiveJudge, NaiveProof, item, prove_badge
from tests.verification.oracle.reading import InputRecord

PEOPLE = (
    *("attendee_ids", "mentor_ids", "respondent_id", "about_ids", "participant_id"),
    *("giver_id", "recipient_id", "learner_id", "about_id", "approver_ids", "recused_ids"),
)

Json = dict[str, Any]


def answer_under(catalog: NaiveCatalog, lines: Iterable[bytes], now: datetime) -> OracleAnswer:
    """Everything a history file gives under a catalog."""
    telling = tell(lines, now, kudos_kinds(catalog))
    awards = awards_under(catalog, telling.facts)
    invited = invitations_under(catalog, telling.facts)
    return OracleAnswer(
        sorted(awards, key=lambda award: str(award["award_id"])),
        sorted(invited, key=lambda line: str(line["invitation_id"])),
        {**telling.report, "awards": len(awards)},
    )


def awards_under(catalog: NaiveCatalog, facts: list[InputRecord]) -> list[Json]:
    """Every award that these facts give, in no order."""
    awards = [award for fact in facts for award in _repeated(catalog, fact)]
    for program in {fact.key[0] for fact in facts}:
        here = [fact for fact in facts if fact.key[0] == program]
        loops = {fact.key[2] for fact in here if fact.key[1] == "loop"}
        for loop in [None, *loops]:
            everybody = NaiveJudge(catalog, program, loop, "", here)
            for person in sorted(named(everybody.here)):
                awards.extend(_held(everybody._replace(person=person)))
    return awards


def named(facts: list[InputRecord]) -> set[str]:
    """Whom facts name in any field."""
    return {person for fact in facts for field in PEOPLE for person in entries(fact, field)}


def _repeated(catalog: NaiveCatalog, fact: InputRecord) -> Iterator[Json]:
    """The awards that a fact is by itself."""
    program, _, _, fact_type, name = fact.key
    for badge, written in catalog.badges.items():
        rule = written.get("repeatable")
        if rule is None or rule["event"] != fact_type:
            continue
        if meets(fact, rule.get("where", {}), catalog.calendar):
            proof = NaiveProof(fact.time, frozenset([item(fact)]))
            for person in people(fact, rule["who"]):
                loop = fact.data.get("loop_id")
                line = _line(catalog, program, loop, person, badge, name, proof)
                yield {**line, "level": None, **_end(catalog, written, fact.time)}


def _end(catalog: NaiveCatalog, badge: Json, time: datetime) -> Json:
    """Until when an award is valid, if its badge is valid for so many months."""
    if "valid_for" not in badge:
        return {}
    return {
        "valid_until": text_of(valid_until(catalog.calendar, time, badge["valid_for"]["months"]))
    }


def _held(asked: NaiveJudge) -> Iterator[Json]:
    """The awards of a person for badges of this scope."""
    scope = "program" if asked.loop is None else "loop"
    for badge, written in asked.catalog.badges.items():
        if "repeatable" not in written and written.get("scope", "loop") == scope:
            for level in written.get("levels", {"": None}):
                proof = prove_badge(asked, badge, level)
                if proof is not None:
                    who = (asked.program, asked.loop, asked.person)
                    yield _line(asked.catalog, *who, badge, level, proof)


def invitations_under(catalog: NaiveCatalog, facts: list[InputRecord]) -> list[Json]:
    """The invitations to give kudos that standing surveys give rise to."""
    invited: dict[str, Json] = {}
    for fact in facts:
        for effect in catalog.effects.values():
            rule = effect["kudos_invited"]
            if fact.type == rule["event"] and meets(fact, rule.get("where", {}), catalog.calendar):
                program, _, loop, _, survey = fact.key
                respondent = fact.data["respondent_id"]
                invitation = naive_id("invitation", program, loop, survey, respondent)
                invited[invitation] = {
                    "invitation_id": invitation,
                    "program_id": program,
                    "loop_id": loop,
                    "respondent_id": respondent,
                    "about_ids": sorted(fact.data["about_ids"]),
                    "survey_id": survey,
                }
    return list(invited.values())


def _line(
    catalog: NaiveCatalog,
    program: str,
    loop: str | None,
    person: str,
    badge: str,
    occurrence: str,
    proof: NaiveProof,
) -> Json:
    """A line of AWARDS.jsonl. Its id is that of the oldest names, the line says the new ones."""
    number = award_id(catalog, program, loop, person, badge, occurrence)
    items = [(fact_type, name) for _, fact_type, name, _ in sorted(proof.evidence)]
    return award_line(number, program, loop, person, badge, occurrence, proof.time, items)
