"""What a report counts: each mentor of a program, from facts, cases and what they declared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.catalog.policy import Stage
from engine.fact import Fact
from engine.queries import checklist, eligibility
from engine.queries.eligibility import Question
from governance.rules.fairness import mentors
from governance.rules.fairness.dimensions import groups_of
from governance.rules.fairness.funnel import reached
from governance.rules.fairness.making import FairnessPerson, StageLines
from governance.rules.fairness.mentors import MentorRecord

Facts = Iterable[tuple[Fact, str]]
"""Accepted, unretracted facts of the program, each with its content."""


@dataclass
class HeardCase:
    """What the cases of somebody say: counts of the funnel that they put them in, and the days from
    each application to its decision."""

    named: set[str] = field(default_factory=set)
    days: list[int] = field(default_factory=list)


@dataclass
class MetLines:
    """Whether somebody meets a stage, and the lines of the first one that they do not meet."""

    eligible: bool = False
    failed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every mentor, and the lines of the first stage that a committee decides; None: it decides
    none."""

    people: Sequence[FairnessPerson]
    lines: StageLines | None


def gather(
    question: Question,
    program: str,
    facts: tuple[Facts, Facts],
    dimensions: Sequence[str],
    heard: Mapping[str, HeardCase],
    declared: Mapping[str, Mapping[str, str]],
) -> Gathered:
    """The mentors as of the instant of the question. `facts`: the same twice, each read once;
    `declared`: the group that somebody named, by person and dimension."""
    stages = [stage for stage in question.policy.stages if stage.given is not None]
    badges = frozenset(stage.badge for stage in stages)
    first, second = facts
    only = (fact for fact, _ in first)
    records = mentors.gather(only, question.catalog, badges, question.as_of)
    met, lines = _met(question, program, second, stages, records)
    calendar = question.catalog.calendar
    today = calendar.day(question.as_of)
    people: list[FairnessPerson] = []
    for name, record in sorted(records.items()):
        began = calendar.day(record.since)
        groups = groups_of(record, dimensions, declared.get(name, {}), began, today)
        theirs = heard.get(name, HeardCase())
        people.append(_person(record, met.get(name, MetLines()), theirs, groups))
    return Gathered(people, lines)


def _person(
    record: MentorRecord, met: MetLines, heard: HeardCase, groups: Mapping[str, str]
) -> FairnessPerson:
    named = record.named | heard.named | ({"eligible"} if met.eligible else set())
    return FairnessPerson(reached(named), groups, met.failed, tuple(heard.days))


def _met(
    question: Question,
    program: str,
    facts: Facts,
    stages: Sequence[Stage],
    records: Mapping[str, MentorRecord],
) -> tuple[dict[str, MetLines], StageLines | None]:
    if not stages:
        return {}, None
    met: dict[str, MetLines] = {}
    lines: StageLines | None = None
    for each in eligibility.of_facts(program, facts, question):
        if each.participant_id not in records:
            continue
        known = met.setdefault(each.participant_id, MetLines())
        known.eligible |= each.met
        if each.stage == stages[0].name:
            asked = checklist.checklist(question.catalog, each)
            known.failed = frozenset(line.key for line in asked if not line.met)
            lines = lines or StageLines(each.stage, {line.key: line.title for line in asked})
    return met, lines
