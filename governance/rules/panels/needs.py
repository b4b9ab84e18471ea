"""Which panels a case needs: those whose reviews its open lines ask for. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from engine.catalog.model import Catalog
from engine.catalog.policy import Policy, Rubric
from engine.rules.conditions.field_value import FieldValue
from engine.rules.measure import Measure
from engine.rules.millionths import MILLION
from events.schemas.review_submitted import ReviewSubmitted

MOST_AT_ONCE = 3
"""How many panels of one rubric a case gets in one draw."""


class AskedLine(Protocol):
    """What is read of a line of a case's ground."""

    @property
    def met(self) -> bool: ...
    @property
    def of(self) -> str | None: ...
    @property
    def event(self) -> str | None: ...
    @property
    def by(self) -> str | None: ...
    @property
    def aggregate(self) -> str | None: ...
    @property
    def have_millionths(self) -> int | None: ...
    @property
    def need_millionths(self) -> int: ...
    @property
    def sample(self) -> int | None: ...
    @property
    def sample_needed(self) -> int | None: ...
    @property
    def parts(self) -> "Sequence[AskedLine]": ...


def rubrics_needed(
    catalog: Catalog, policy: Policy, lines: Iterable[AskedLine], seats: int
) -> dict[str, int]:
    """How many panels of each rubric, by its name and version, a case needs for its open lines over
    reviews, if a panel has so many seats. A line that names no rubric of the policy asks for none.
    """
    measures = {each.name: each for each in (*catalog.measures, *policy.indicators)}
    needed: dict[str, int] = {}
    for line in _open_ones(lines):
        rubric = latest(policy, _rubric_of(measures.get(line.of or "")))
        if rubric is not None:
            number = min(_panels(line, seats), MOST_AT_ONCE)
            needed[rubric.key] = max(needed.get(rubric.key, 0), number)
    return dict(sorted(needed.items()))


def latest(policy: Policy, name: str | None) -> Rubric | None:
    """The last version of a rubric."""
    versions = [rubric for rubric in policy.rubrics if rubric.name == name]
    return max(versions, key=lambda rubric: rubric.version, default=None)


def _open_ones(lines: Iterable[AskedLine]) -> Iterable[AskedLine]:
    for line in lines:
        if line.met:
            continue
        if line.parts:
            yield from _open_ones(line.parts)
        elif line.event == ReviewSubmitted.TYPE:
            yield line


def _rubric_of(measure: Measure | None) -> str | None:
    """The rubric whose reviews a measure counts."""
    if measure is None:
        return None
    return next(
        (
            str(condition.wanted[0])
            for condition in measure.where
            if isinstance(condition, FieldValue)
            and condition.field == "rubric"
            and condition.test in ("equals", "one_of")
        ),
        None,
    )


def _panels(line: AskedLine, seats: int) -> int:
    """How many panels may be enough: of a mean those that its sample lacks, of distinct panels the
    panels, else reviews. One at least, as the line is open."""
    if line.sample_needed is not None:
        return max(1, _divided(line.sample_needed - (line.sample or 0), seats))
    lacking = _divided(line.need_millionths - (line.have_millionths or 0), MILLION)
    return max(1, lacking if line.by == "panel_id" else _divided(lacking, seats))


def _divided(number: int, by: int) -> int:
    return -(-number // by)
