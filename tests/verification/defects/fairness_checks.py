"""What is looked at of fairness reports: F1 no share of few people is shown · F2 what is withheld
could always be another number · F3 flags are those of exact fractions · F4 lines give nobody away.

The first two by trying all tables of three groups that show the same.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from governance.rules.fairness.comparing import Flag, Thresholds, compared
from governance.rules.fairness.funnel import Counts, FunnelStep
from governance.rules.fairness.line_table import LinePerson, line_table
from governance.rules.fairness.suppression import SuppressedTable
from tests.verification.checker.verdict import Violation

SCENARIO = "fairness"
_K = 5
_STEP = FunnelStep("eligible", "mentors")
_PART_OF: Mapping[str, str | None] = {"mentors": None, "eligible": "mentors"}
_TABLES = (
    ((9, 2), (10, 5), (12, 6)),  # one is withheld, so another
    ((9, 7), (10, 5), (12, 6)),  # all but two
    ((4, 0), (4, 0), (9, 4)),  # the rest is nobody
    ((3, 1), (4, 2), (12, 6)),
    ((6, 3), (6, 6), (2, 1)),
    ((3, 3), (6, 6), (9, 5)),
)
_SHARES: tuple[tuple[tuple[int, int], Flag], ...] = (
    ((3, 6), "amber"),
    ((8, 10), "none"),
    ((7, 10), "none"),
    ((4, 20), "red"),
)
_BEST = (20, 20)


def violations() -> list[Violation]:
    """What is wrong; nothing without a defect."""
    return [
        *(Violation("F1", text) for table in _TABLES for text in _small(_named(table))),
        *(Violation("F2", text) for table in _TABLES for text in _known(_named(table))),
        *(Violation("F3", text) for text in _flags()),
        *(Violation("F4", text) for text in _lines()),
    ]


def _named(table: tuple[tuple[int, int], ...]) -> dict[str, Counts]:
    names = ("one", "two", "three")
    return {name: {"mentors": n, "eligible": e} for name, (n, e) in zip(names, table, strict=True)}


def _suppressed(table: Mapping[str, Counts]) -> SuppressedTable:
    return SuppressedTable(table, _K, (_STEP,), _PART_OF)


def _small(table: Mapping[str, Counts]) -> Iterator[str]:
    suppressed = _suppressed(table)
    for group, counts in table.items():
        part, whole = counts["eligible"], counts["mentors"]
        few = whole < _K or part in (1, 2) or whole - part in (1, 2)
        if few and suppressed.is_shown(group, _STEP):
            yield f"{part} of {whole} is shown"


def _known(table: Mapping[str, Counts]) -> Iterator[str]:
    suppressed = _suppressed(table)
    shown = {group for group in table if suppressed.is_shown(group, _STEP)}
    others = [other for other in _tables(table) if all(other[g] == table[g] for g in shown)]
    for group in table.keys() - shown:
        if len({other[group]["eligible"] for other in others}) == 1:
            yield f"{group} of {table} is withheld and known"


def _tables(table: Mapping[str, Counts]) -> Iterator[dict[str, Counts]]:
    """All tables of as many people and as many eligible ones."""
    total, eligible = (sum(c[name] for c in table.values()) for name in ("mentors", "eligible"))
    for n, m in product(range(1, total), repeat=2):
        sizes = (n, m, total - n - m)
        if sizes[2] < 1:
            continue
        for e, f in product(range(n + 1), range(m + 1)):
            rest = eligible - e - f
            if 0 <= rest <= sizes[2]:
                pairs = zip(sizes, (e, f, rest), strict=True)
                yield dict(
                    zip(table, ({"mentors": s, "eligible": p} for s, p in pairs), strict=True)
                )


def _flags() -> Iterator[str]:
    at = Thresholds(_K, 800_000, 0.05)
    for share, flag in _SHARES:
        chance = {(3, 6): 0.2, (4, 20): 0.001}.get(share, 0.2)
        found = compared({"one": share, "best": _BEST}, at, lambda *_, p=chance: p)["one"]
        if found.flag != flag or found.ratio != float(Fraction(*share) / Fraction(*_BEST)):
            yield f"{share} is {found.flag}"


def _lines() -> Iterator[str]:
    """In each group all fail the line and nothing else, or meet everything: who is eligible says
    it. Nothing of the line is shown of a group that is withheld unless others could have it."""
    people = [LinePerson("one", frozenset(line)) for line in ("a", "a", "b", "", "", "", "")]
    people += [LinePerson("two", frozenset("a"))] * 4 + [LinePerson("two", frozenset())] * 4
    people += [LinePerson("three", frozenset("ab"))] * 5 + [LinePerson("three", frozenset("b"))] * 5
    (row,) = line_table(people, ("a",), _K)
    if row.by_group["one"] is not None or row.by_group["three"] is not None:
        yield f"the line shows {dict(row.by_group)}"
