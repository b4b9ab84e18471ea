"""Freezing what was usual in a cohort when that has ended, so that later facts do not move what the
next cohorts are compared with."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from engine.queries.outcomes import cohorts, reading
from engine.queries.outcomes.cohorts import BaselineFigures
from engine.queries.outcomes.spread import Quartiles
from engine.store.hash_chain import canonical
from events.instants import from_datetime
from governance.committee import Sitting
from governance.rules import deadlines
from governance.store import baselines, log
from governance.store.baselines import FrozenBaseline

BY = "governance"


def freeze_ended(sitting: Sitting, program: str) -> int:
    """Freeze the baselines of cohorts that have ended by today and are not frozen yet; gives how
    many there were.

    Raises:
        CatalogAltered, PolicyAltered
    """
    outcomes = reading.read(sitting.engine, program).until(from_datetime(sitting.now))
    if not outcomes.staged:
        return 0
    today = deadlines.day_of(outcomes.calendar, sitting.now)
    known = {(each.cohort, each.track) for each in baselines.of_program(sitting.tx, program)}
    ended = _ended(outcomes, today)
    fresh = [
        figures
        for figures in cohorts.baselines(outcomes.facts)
        if figures.cohort in ended and (figures.cohort, figures.track) not in known
    ]
    return _freeze(sitting, program, fresh)


def review(sitting: Sitting, program: str, coordinator: str) -> int:
    """A coordinator looked at the baselines of a program: they fit, or the catalog is to change."""
    reviewed = baselines.review(sitting.tx, program, sitting.now)
    if reviewed:
        body = {"reviewed": reviewed}
        log.note(sitting.tx, program, None, "baselines.frozen", coordinator, body, sitting.now)
    return reviewed


def _ended(outcomes: reading.OutcomesOfProgram, today: date) -> frozenset[str]:
    spans = cohorts.spans(outcomes.facts, outcomes.calendar)
    return frozenset(span.cohort for span in spans if span.ended(today))


def _freeze(sitting: Sitting, program: str, fresh: Sequence[BaselineFigures]) -> int:
    as_of = from_datetime(sitting.now)
    frozen = 0
    for figures in fresh:
        document = canonical(as_json(figures)).decode()
        frozen += baselines.freeze(
            sitting.tx,
            FrozenBaseline(
                program, figures.cohort, figures.track, as_of, document, sitting.now
            ),
        )  # fmt: skip
    if frozen:
        body = {"cohorts": sorted({figures.cohort for figures in fresh})}
        log.note(sitting.tx, program, None, "baselines.frozen", BY, body, sitting.now)
    return frozen


def as_json(figures: BaselineFigures) -> dict[str, object]:
    """The figures as JSON values: those over too few learners are null."""
    return {
        "learners": figures.learners,
        "totals": _quartiles(figures.totals),
        "gains": _quartiles(figures.gains),
        "kept": _quartiles(figures.kept),
    }


def _quartiles(usual: Quartiles | None) -> dict[str, object] | None:
    if usual is None:
        return None
    return {
        "n": usual.n, "low": _text(usual.low), "median": _text(usual.median),
        "high": _text(usual.high),
    }  # fmt: skip


def _text(value: Fraction) -> str:
    """A decimal with six digits, half even."""
    millionths = round(value * 1_000_000)
    sign, size = ("-", -millionths) if millionths < 0 else ("", millionths)
    return f"{sign}{size // 1_000_000}.{size % 1_000_000:06}"
