"""A report computed a second time, in plain Python and without any of the engine's queries.

It reads nothing but rows: awards as they are stored, facts as the ledger has them, descriptions as
they were published.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

_NAMED = ("attendee_ids", "about_ids", "respondent_id", "participant_id", "giver_id",
          "recipient_id")  # fmt: skip


@dataclass(frozen=True)
class NaiveAward:
    """A standing award."""

    loop: str | None
    recipient: str
    badge: str
    level: str | None
    occurrence: str
    awarded_at: str
    giver: str | None


@dataclass(frozen=True)
class NaiveHistory:
    """What is known of one program. `facts`: content of the ledger; `noted`: ids of kudos that came
    with a message; `people`, `loops`: ids as described."""

    zone: str
    awards: tuple[NaiveAward, ...]
    facts: tuple[Mapping[str, Any], ...]
    noted: frozenset[str]
    people: frozenset[str]
    loops: frozenset[str]


def standing_facts(contents: Iterable[str]) -> tuple[Mapping[str, Any], ...]:
    """The facts of a ledger that nobody retracted."""
    all_ = [json.loads(content) for content in contents]
    retracted = {
        (one.get("loop_id"), one["fact_type"], one["fact_id"])
        for one in all_
        if one["type"].endswith("fact.retracted.v1")
    }
    return tuple(
        one
        for one in all_
        if "fact_type" not in one and (one.get("loop_id"), one["type"], _id(one)) not in retracted
    )


def report(history: NaiveHistory, first: date, last: date) -> dict[str, Any]:
    """The numbers of a report, by the names that the API has for them."""
    zone = ZoneInfo(history.zone)

    def inside(time: str) -> bool:
        return first <= datetime.fromisoformat(time).astimezone(zone).date() <= last

    kudos = [award for award in history.awards if award.giver is not None]
    people = {*history.people, *_named(history.facts)}
    people |= {award.recipient for award in history.awards}
    own = [award for award in history.awards if inside(award.awarded_at)]
    given = [award for award in own if award.giver is not None]
    earned = [award for award in own if award.giver is None]
    recognised = {award.recipient for award in given}
    months: dict[str, Counter[str]] = {}
    for award in given:
        local = datetime.fromisoformat(award.awarded_at).astimezone(zone)
        months.setdefault(f"{local:%Y-%m}", Counter())[award.badge] += 1
    loops = {fact["loop_id"] for fact in history.facts if "loop_id" in fact}
    return {
        "people": len(people),
        "loops": len(loops | history.loops),
        "with_kudos": len(recognised),
        "without": len(people - recognised),
        "never": len(people - {award.recipient for award in kudos}),
        "kudos": Counter(award.badge for award in given),
        "months": months,
        "loop_kudos": Counter(award.loop for award in given),
        "achievements": Counter((award.badge, award.level) for award in earned),
        "milestones": _milestones(history.facts),
        "notes": sum(award.occurrence in history.noted for award in given),
        "days": _days(history, kudos, inside),
    }


def _days(history: NaiveHistory, kudos: Iterable[NaiveAward], inside: Any) -> float | None:
    first_kudos: dict[str | None, str] = {}
    for award in kudos:
        first_kudos[award.loop] = min(award.awarded_at, first_kudos.get(award.loop, "9"))
    begun: dict[str, str] = {}
    for fact in history.facts:
        if "loop_id" in fact:
            begun[fact["loop_id"]] = min(fact["time"], begun.get(fact["loop_id"], "9"))
    days = [
        (datetime.fromisoformat(time) - datetime.fromisoformat(begun[loop])).total_seconds() / 86400
        for loop, time in first_kudos.items()
        if loop is not None and inside(time)
    ]
    return round(median(days), 1) if days else None


def _milestones(facts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    people: dict[str, set[str]] = {}
    for fact in facts:
        if fact["type"].endswith("milestone.completed.v1"):
            people.setdefault(fact["milestone"], set()).add(fact["participant_id"])
    return {name: len(who) for name, who in people.items()}


def _named(facts: Iterable[Mapping[str, Any]]) -> set[str]:
    named: set[str] = set()
    for fact in facts:
        for field in _NAMED:
            value = fact.get(field, ())
            named |= {value} if isinstance(value, str) else {*value}
    return named


def _id(fact: Mapping[str, Any]) -> str | None:
    keys = {
        "meeting.completed": "meeting_id",
        "survey.submitted": "survey_id",
        "kudos.given": "kudos_id",
        "milestone.completed": "completion_id",
        "quiz.passed": "attempt_id",
    }
    kind = fact["type"].removeprefix("mentoring.").removesuffix(".v1")
    return fact.get(keys.get(kind, ""))
