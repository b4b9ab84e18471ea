"""Reads somebody's progress through the stages, and what is behind it, at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory import names
from directory.names import DirectoryPerson
from engine.queries import recognition
from engine.queries.checklist import ChecklistLine
from engine.queries.errors import UnknownStage
from engine.queries.recognition import RecognitionOfPerson, StageOfPerson
from events.instants import Instant
from web.views import badges, line_facts, lines, people
from web.views.badges import BestBadge, UnknownPerson
from web.views.line_facts import FactsOfLine
from web.views.moment import Moment
from web.views.progress import Checklist, LineShown, ProgressShown, StageShown, StageTerm

FEW = 5
"""How many facts of each line a page of somebody's progress has at once."""


class NoStages(Exception):
    """The program has none."""


class UnknownLine(Exception):
    """A checklist has no such line, or it is one of parts, which have the facts."""


@dataclass(frozen=True, slots=True)
class ProgressRead:
    """Somebody's progress; the first FEW facts behind each line of its two checklists, by the
    line's address; the badges that they may have apart from the stages; and what it was read
    from."""

    shown: ProgressShown
    next_facts: Mapping[str, FactsOfLine]
    renewal_facts: Mapping[str, FactsOfLine]
    others: Sequence[BestBadge]
    way: RecognitionOfPerson


def read(
    moment: Moment,
    program: str,
    participant: str,
    as_of: Instant,
    stage: str | None = None,
    *,
    exists: bool,
) -> ProgressRead:
    """Somebody's progress. `stage`: whose checklist is asked for, instead of the next one's.
    `exists`: it is certain that there is such a person.

    Raises:
        NoStages, UnknownStage. UnknownPerson: nobody described them, and nothing of them was ever
        accepted. CatalogAltered
    """
    way = _way(moment, program, participant, as_of)
    following = way.following if stage is None else stage
    if stage is not None and not way.asks(stage):
        raise UnknownStage(stage)
    renewing = way.to_renew if stage is None else None
    asked = () if following is None else way.checklist(following)
    renewal = () if renewing is None else way.checklist(renewing.stage.name, renewal=True)
    known = _people(moment, program, participant, way, [*_leaves(asked), *_leaves(renewal)], exists)
    shown = ProgressShown(
        program_id=program,
        person=people.of(known[participant]),
        as_of=as_of,
        zone=way.calendar.zone,
        stages=[_stage(way, each) for each in way.stages],
        current=None if way.current is None else way.current.stage.name,
        next=None if following is None else _checklist(way, following, asked, renewal=False),
        renewal=None
        if renewing is None
        else _checklist(way, renewing.stage.name, renewal, renewal=True),
    )

    def first(stage: str, of: Sequence[ChecklistLine]) -> dict[str, FactsOfLine]:
        return {
            line.key: line_facts.page(stage, line, as_of, known, "", FEW) for line in _leaves(of)
        }

    return ProgressRead(
        shown,
        first(following or "", asked),
        first(renewing.stage.name, renewal) if renewing else {},
        [badges.best_badge(badge) for badge in way.others],
        way,
    )


@dataclass(frozen=True, slots=True)
class LineAsked:
    """Which line is asked for, of a stage or of its renewal, and which page of its facts."""

    stage: str
    line: str
    renewal: bool
    after: str
    limit: int


@dataclass(frozen=True, slots=True)
class LineRead:
    """A page of the facts behind a line, with the line and its stage."""

    facts: FactsOfLine
    line: LineShown
    stage: StageShown


def facts(
    moment: Moment,
    program: str,
    participant: str,
    as_of: Instant,
    asked: LineAsked,
    *,
    exists: bool,
) -> LineRead:
    """What is behind a line of somebody's.

    Raises:
        UnknownLine, BadCursor, and as `read` does
    """
    way = _way(moment, program, participant, as_of)
    stage = next((each for each in way.stages if each.stage.name == asked.stage), None)
    if stage is None or not way.asks(asked.stage):
        raise UnknownStage(asked.stage)
    listed = _leaves(way.checklist(asked.stage, renewal=asked.renewal))
    line = next((each for each in listed if each.key == asked.line), None)
    known = _people(moment, program, participant, way, [line] if line else [], exists)
    if line is None:
        raise UnknownLine(asked.line)
    page = line_facts.page(asked.stage, line, as_of, known, asked.after, asked.limit)
    return LineRead(page, lines.shown(way.calendar, line), _stage(way, stage))


def _way(moment: Moment, program: str, participant: str, as_of: Instant) -> RecognitionOfPerson:
    way = recognition.read(moment.engine, program, participant, as_of)
    if not way.policy.stages:
        raise NoStages(program)
    return way


def _people(
    moment: Moment,
    program: str,
    participant: str,
    way: RecognitionOfPerson,
    of: Sequence[ChecklistLine],
    exists: bool,
) -> Mapping[str, DirectoryPerson]:
    """Them, and the learners of the facts behind these lines. Raises UnknownPerson."""
    learners = {name for line in of for name in line_facts.learners(line, participant)}
    known = names.people(moment.directory, program, {participant, *learners})
    if not (exists or way.known or known[participant].described):
        raise UnknownPerson(f"program {program} has nobody called {participant}")
    return known


def _leaves(checklist: Sequence[ChecklistLine]) -> list[ChecklistLine]:
    """The lines that have facts behind them."""
    return [leaf for line in checklist for leaf in (_leaves(line.parts) if line.parts else [line])]


def _checklist(
    way: RecognitionOfPerson, stage: str, asked: Sequence[ChecklistLine], *, renewal: bool
) -> Checklist:
    listed = [lines.shown(way.calendar, line) for line in asked]
    lacking = sum(not line.met for line in listed)
    return Checklist(stage=stage, renewal=renewal, met=not lacking, open=lacking, lines=listed)


def _stage(way: RecognitionOfPerson, of: StageOfPerson) -> StageShown:
    stage, badge = of.stage, of.badge
    spans = [
        StageTerm(
            begins=term.begins, ends=term.ends, last_day=lines.last_day(way.calendar, term.ends)
        )
        for term in of.terms
    ]
    latest = spans[-1] if spans else None
    opens = way.renewal_opens(of)
    return StageShown(
        stage=stage.name,
        badge=badge.name,
        name=badge.title,
        description=badge.description,
        artwork=badge.name,
        role=stage.role,
        opens=[*stage.opens],
        deliverables=[*stage.deliverables],
        checkpoints=stage.checkpoints,
        by_rule=stage.given is None,
        approvers=stage.approvers,
        terms=spans,
        in_good_standing=of.in_standing,
        awarded_at=latest and latest.begins,
        valid_until=latest and latest.ends,
        last_day=latest and latest.last_day,
        renewal_opens=opens and opens.isoformat(),
        renewal_open=opens is not None and way.calendar.day(way.as_of) >= opens,
        kept=of.kept,
    )
