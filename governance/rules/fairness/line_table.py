"""Which line of a stage a group fails most, under the same suppression as the shares.

Lines hang together: somebody meets a stage if they meet all of its lines. So what is withheld is
proved by people: for each withheld count there are two mentors, one in this group and one in
another withheld one, of whom one meets the line and one does not, and both fail some other line. If
it were the other way round, nothing that is shown would change, whatever a reader knows of how
lines hang together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from governance.rules.fairness.suppression import is_unsafe


@dataclass(frozen=True, slots=True)
class LinePerson:
    """A mentor in a group of the dimension; `failed`: the lines that they do not meet."""

    group: str
    failed: frozenset[str]


@dataclass(frozen=True, slots=True)
class LineRow:
    """Of a line: how many do not meet it, in all and by group; None: withheld."""

    line: str
    failed: int
    by_group: Mapping[str, int | None]


def line_table(
    people: Iterable[LinePerson],
    lines: Sequence[str],
    k: int,
    withheld_groups: Collection[str] = (),
) -> list[LineRow]:
    """The rows of all lines, in their order. `withheld_groups`: how large those are is not shown
    elsewhere."""
    by_group: dict[str, list[LinePerson]] = {}
    for person in people:
        by_group.setdefault(person.group, []).append(person)
    return [_row(line, dict(sorted(by_group.items())), k, withheld_groups) for line in lines]


def _row(
    line: str, by_group: Mapping[str, list[LinePerson]], k: int, withheld: Collection[str]
) -> LineRow:
    failed = {
        group: sum(line in person.failed for person in people) for group, people in by_group.items()
    }
    size = {group: len(people) for group, people in by_group.items()}
    hidden = {
        group for group in by_group if group in withheld or is_unsafe(failed[group], size[group], k)
    }
    total, everybody = sum(failed.values()), sum(size.values())
    if total not in (0, everybody):
        _widen(hidden, line, by_group)
    return LineRow(
        line, total, {group: None if group in hidden else n for group, n in failed.items()}
    )


def _widen(hidden: set[str], line: str, by_group: Mapping[str, list[LinePerson]]) -> None:
    """Withhold the smallest of those shown, until each withheld one could be another."""
    while hidden and not all(_may_differ(group, hidden, line, by_group) for group in hidden):
        shown = [group for group in by_group if group not in hidden]
        if not shown:
            return
        hidden.add(min(shown, key=lambda group: (len(by_group[group]), group)))


def _may_differ(
    group: str, hidden: Collection[str], line: str, by_group: Mapping[str, list[LinePerson]]
) -> bool:
    fails, meets = _free(line, by_group[group])
    for other in hidden:
        if other != group:
            other_fails, other_meets = _free(line, by_group[other])
            if (fails and other_meets) or (meets and other_fails):
                return True
    return False


def _free(line: str, people: Iterable[LinePerson]) -> tuple[bool, bool]:
    """Whether somebody fails the line and another one, and somebody another one only."""
    others = [person for person in people if person.failed - {line}]
    return (
        any(line in person.failed for person in others),
        any(line not in person.failed for person in others),
    )
