"""What differs between two policies, and between two versions of a rubric, place by place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.catalog.policy import Policy, Rubric, Stage
from engine.rules.criteria.all_of import AllOf
from engine.rules.criteria.criterion import Criterion

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyDifference:
    """A place where two policies say something else. `path`: where, from the part of the policy
    down; `before` and `after` are JSON values, None where there is nothing; of a line of a stage,
    the line in words."""

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RubricDifference:
    """A place where two versions of a rubric say something else. `row`: empty where it is about the
    rubric as a whole; `level`: 0 to 4, None where it is about a whole row; `before` and `after` are
    None where there is nothing."""

    row: str
    level: int | None
    before: str | None
    after: str | None


def of_policies(before: Policy, after: Policy) -> list[PolicyDifference]:
    """Every place where they differ, in the order of their parts. Where stages stand in another
    order, that is one place more."""
    one, other = before.canonical(), after.canonical()
    differences: list[PolicyDifference] = []
    for part in _PARTS:
        if part == "stages":
            differences += _of_stages(before, after)
        else:
            differences += _of((part,), one[part], other[part])
    return differences


def of_rubrics(before: Rubric, after: Rubric) -> list[RubricDifference]:
    """Every place where the later version differs: as a whole, then row by row in its order, then
    the rows that are gone."""
    return [*_of_whole(before, after), *_of_rows(before, after)]


_PARTS = ("stages", "indicators", "rubrics", "rewards", "governance", "watch")


def _of_stages(before: Policy, after: Policy) -> Iterator[PolicyDifference]:
    old, new = ([stage.name for stage in policy.stages] for policy in (before, after))
    both = set(old) & set(new)
    if [name for name in old if name in both] != [name for name in new if name in both]:
        yield PolicyDifference(("stages",), old, new)
    one = {stage.name: stage.canonical() for stage in before.stages}
    other = {stage.name: stage.canonical() for stage in after.stages}
    for name in (*new, *(name for name in old if name not in other)):
        path = ("stages", name)
        if name in one and name in other:
            for key in _CRITERIA:
                yield from _of_lines((*path, key), before.stage[name], after.stage[name], key)
            yield from _of(path, _without_lines(one[name]), _without_lines(other[name]))
        else:
            yield PolicyDifference(path, one.get(name), other.get(name))


_CRITERIA = ("given", "renewed")


def _without_lines(stage: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in stage.items() if key not in _CRITERIA}


def _of_lines(path: Path, before: Stage, after: Stage, key: str) -> Iterator[PolicyDifference]:
    """The lines of a criterion that are not in the other, in words. Two over the same measures are
    one line that was changed."""
    old, new = _lines(getattr(before, key)), _lines(getattr(after, key))
    gone = [line for line in old if line not in new]
    for line in new:
        if line in old:
            continue
        same = next((each for each in gone if _measures(each) == _measures(line)), None)
        if same is not None:
            gone.remove(same)
        yield PolicyDifference(path, None if same is None else same.words(), line.words())
    for line in gone:
        yield PolicyDifference(path, line.words(), None)


def _lines(asked: Criterion | None) -> Sequence[Criterion]:
    if asked is None:
        return ()
    return asked.parts if isinstance(asked, AllOf) else (asked,)


def _measures(line: Criterion) -> Sequence[str]:
    return [leaf.measure.name for leaf in line.leaves()] + [of.badge for of in line.holdings()]


def _of(path: Path, before: Any, after: Any) -> Iterator[PolicyDifference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in (*after, *(key for key in before if key not in after)):
            yield from _of((*path, str(key)), before.get(key), after.get(key))
    elif _is_list(before) and _is_list(after) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _of((*path, str(number)), one, other)
    else:
        yield PolicyDifference(path, before, after)


def _is_list(value: Any) -> bool:
    """A list of things that have places of their own; one of plain values is shown whole."""
    of_parts = isinstance(value, Sequence) and not isinstance(value, str)
    return of_parts and any(isinstance(one, Mapping) for one in value)


def _of_whole(before: Rubric, after: Rubric) -> Iterator[RubricDifference]:
    for one, other in (
        (before.of, after.of),
        (before.rated_by, after.rated_by),
        (before.result and before.result[1], after.result and after.result[1]),
    ):
        if one != other:
            yield RubricDifference("", None, one, other)


def _of_rows(before: Rubric, after: Rubric) -> Iterator[RubricDifference]:
    old, new = dict(before.rows), dict(after.rows)
    for row, levels in new.items():
        if row not in old:
            yield RubricDifference(row, None, None, row)
            continue
        for level, (one, other) in enumerate(zip(old[row], levels, strict=True)):
            if one != other:
                yield RubricDifference(row, level, one, other)
    for row in old:
        if row not in new:
            yield RubricDifference(row, None, row, None)
