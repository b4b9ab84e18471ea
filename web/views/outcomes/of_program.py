"""A program's outcomes, for its coordinators: cohorts and their trend, what is usual, warnings as
counts, who stays, and whom to look at."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec

from directory import names
from directory.names import DirectoryPerson
from engine.queries.outcomes import attention, cohorts, gains, retention
from engine.queries.outcomes.attention import Lapsing
from engine.queries.outcomes.cohorts import BaselineFigures, CohortTrend
from engine.queries.outcomes.mentors import MentorsOfProgram
from engine.queries.outcomes.quiet import QuietInput
from engine.queries.outcomes.reading import OutcomesOfProgram
from engine.queries.outcomes.retention import Retention
from engine.queries.outcomes.spread import FEWEST
from engine.queries.outcomes.warnings import KINDS
from engine.store.postgres.connection import Transaction
from events.instants import Instant, from_datetime
from governance.store.baselines import FrozenBaseline
from governance.store.warnings import AnsweredWarning, key_of
from web.views import people
from web.views.outcomes.of_mentor import usual_shown
from web.views.outcomes.program_shown import (
    BaselineShown,
    CohortTrendShown,
    LapsingShown,
    LoadShown,
    ProgramOutcomesShown,
    QuietShown,
    RetentionShown,
    WarningsCounted,
)
from web.views.outcomes.shown import UsualShown

_QUARTERS = 4
"""Of how many whole quarters retention is shown, the latest first."""


def read(
    tx: Transaction,
    program: str,
    outcomes: OutcomesOfProgram,
    mentors: MentorsOfProgram,
    quiet: Iterable[QuietInput],
    kept: tuple[Iterable[FrozenBaseline], Iterable[AnsweredWarning]],
    as_of: Instant,
) -> ProgramOutcomesShown:
    """A program as of the instant up to which the outcomes are. `kept`: baselines that are frozen,
    and answers to warnings. `tx`: of the directory; one statement."""
    frozen, answered = kept
    lapsing = attention.lapsing(mentors.terms, as_of, mentors.grace_days)
    many = attention.overloaded(attention.loads(outcomes.guided, outcomes.loops))
    active = attention.active_since(outcomes.facts.meetings, as_of)
    unrecognised = active - mentors.recognised
    named = {*(one.mentor for one in lapsing), *(name for name, _ in many), *unrecognised}
    known = names.people(tx, program, named)
    return ProgramOutcomesShown(
        as_of=as_of,
        cohorts=_cohorts(outcomes, as_of),
        baselines=_baselines(outcomes, frozen),
        warnings=_warnings(outcomes, answered, as_of),
        retention=_retention(outcomes, as_of),
        by_stage=_by_stage(outcomes, mentors, as_of),
        lapsing=[_lapsing(one, mentors, known, as_of) for one in lapsing],
        overloaded=[LoadShown(person=people.of(known[name]), learners=n) for name, n in many],
        unrecognised=people.listed(known, unrecognised),
        quiet=[
            QuietShown(
                type=one.type,
                last=outcomes.calendar.day(one.last).isoformat(),
                usual_days=round(one.gap / timedelta(days=1), 1),
            )
            for one in quiet
        ],
    )


def _cohorts(outcomes: OutcomesOfProgram, as_of: Instant) -> list[CohortTrendShown]:
    """The latest first."""
    facts, today = outcomes.facts, outcomes.calendar.day(as_of)
    spans = cohorts.spans(facts, outcomes.calendar)
    of = gains.by_cohort(gains.pairs(facts.assessments))
    learners = Counter(
        cohort for cohort, _ in {(e.cohort, e.learner) for e in facts.assessments}
        | {(e.cohort, e.learner) for e in facts.checkpoints}
    )  # fmt: skip
    trends = cohorts.trends([span.cohort for span in spans], of)
    shown = [
        CohortTrendShown(
            cohort=span.cohort,
            first=span.first.isoformat(),
            last=span.last.isoformat(),
            ended=span.ended(today),
            learners=learners[span.cohort],
            **_trend(trend, ended=span.ended(today)),
        )
        for span, trend in zip(spans, trends, strict=True)
    ]
    return shown[::-1]


def _trend(trend: CohortTrend, *, ended: bool) -> dict[str, Any]:
    """Interims of a cohort that goes on are not compared with finals of those before it."""
    difference = trend.difference if ended else None
    return {
        "n": trend.n,
        "gain": usual_shown(trend.gain),
        "before_n": trend.before_n,
        "before": usual_shown(trend.before),
        "difference": None if difference is None else round(float(difference), 6),
    }


def _baselines(
    outcomes: OutcomesOfProgram, frozen: Iterable[FrozenBaseline]
) -> list[BaselineShown]:
    kept = {(each.cohort, each.track): each for each in frozen}
    order = [span.cohort for span in cohorts.spans(outcomes.facts, outcomes.calendar)]
    computed = {(each.cohort, each.track): each for each in cohorts.baselines(outcomes.facts)}
    keys = sorted(
        {*kept, *computed},
        key=lambda key: (-order.index(key[0]) if key[0] in order else 1, key[1]),
    )
    return [
        _frozen(kept[key]) if key in kept else _computed(computed[key]) for key in keys
    ]  # fmt: skip


def _frozen(each: FrozenBaseline) -> BaselineShown:
    figures: Mapping[str, Any] = msgspec.json.decode(each.document)
    return BaselineShown(
        cohort=each.cohort,
        track=each.track,
        learners=figures["learners"],
        totals=_decoded(figures["totals"]),
        gains=_decoded(figures["gains"]),
        kept=_decoded(figures["kept"]),
        frozen_at=from_datetime(each.frozen_at),
        reviewed_at=None if each.reviewed_at is None else from_datetime(each.reviewed_at),
    )


def _decoded(usual: Mapping[str, Any] | None) -> UsualShown | None:
    if usual is None:
        return None
    low, median, high = (float(usual[name]) for name in ("low", "median", "high"))
    return UsualShown(n=usual["n"], low=low, median=median, high=high)


def _computed(each: BaselineFigures) -> BaselineShown:
    return BaselineShown(
        cohort=each.cohort,
        track=each.track,
        learners=each.learners,
        totals=usual_shown(each.totals),
        gains=usual_shown(each.gains),
        kept=usual_shown(each.kept),
        frozen_at=None,
        reviewed_at=None,
    )


def _warnings(
    outcomes: OutcomesOfProgram, answered: Iterable[AnsweredWarning], as_of: Instant
) -> list[WarningsCounted]:
    answers = {each.key: each.answer for each in answered}
    counts = Counter(
        (each.kind, answers.get(key_of(each), "open"))
        for each in outcomes.warnings(outcomes.guided, as_of)
    )
    return [
        WarningsCounted(
            kind=kind,
            open=counts[kind, "open"],
            helped=counts[kind, "helped"],
            wrong=counts[kind, "wrong"],
            excused=counts[kind, "excused"],
        )
        for kind in KINDS
        if outcomes.watch
    ]


def _retention(outcomes: OutcomesOfProgram, as_of: Instant) -> list[RetentionShown]:
    """Of the last whole quarters, the latest first."""
    active = retention.active(outcomes.facts.meetings, outcomes.calendar)
    last = outcomes.calendar.number("quarter", as_of) - 1
    return [
        _shown(quarter, None, retention.retention(active, quarter))
        for quarter in range(last, last - _QUARTERS, -1)
    ]


def _by_stage(
    outcomes: OutcomesOfProgram, mentors: MentorsOfProgram, as_of: Instant
) -> list[RetentionShown]:
    """Of the last whole quarter, by the stage that each held when the quarter a year before
    ended."""
    calendar = outcomes.calendar
    active = retention.active(outcomes.facts.meetings, calendar)
    last = calendar.number("quarter", as_of) - 1
    then = calendar.first_instant(retention.first_day(last - retention.YEAR + 1))
    held = {name: mentors.stage_at(name, then) for name in active.get(last - retention.YEAR, ())}
    parts = retention.by_stage(
        active, last, {name: stage for name, stage in held.items() if stage is not None}
    )
    order: Sequence[str] = ["", *mentors.titles]
    return [
        _shown(last, mentors.titles.get(stage, ""), part)
        for stage, part in sorted(parts.items(), key=lambda item: order.index(item[0]))
    ]


def _shown(quarter: int, stage: str | None, kept: Retention) -> RetentionShown:
    rate = round(kept.stayed / kept.of, 6) if kept.of >= FEWEST else None
    name = retention.quarter_name(quarter)
    return RetentionShown(quarter=name, stage=stage, stayed=kept.stayed, of=kept.of, rate=rate)


def _lapsing(
    one: Lapsing, mentors: MentorsOfProgram, known: Mapping[str, DirectoryPerson], as_of: Instant
) -> LapsingShown:
    return LapsingShown(
        person=people.of(known[one.mentor]),
        stage=mentors.titles[one.stage],
        until=one.until,
        ended=one.until <= as_of,
    )
