"""A fairness report as it is published: what may be shown, and nothing else."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from engine.store.hash_chain import canonical
from governance.rules.fairness.comparing import Flag


class GroupRate(msgspec.Struct, frozen=True):
    """So many of so many; the rate with its 95% interval. `ratio`, `p`, `flag`: against the highest
    rate of the dimension, None where it is not compared."""

    part: int
    whole: int
    rate: float
    low: float
    high: float
    ratio: float | None = None
    p: float | None = None
    flag: Flag | None = None


class StepShown(msgspec.Struct, frozen=True):
    """A step of the funnel over everybody; a total is never withheld. `share` is None where there
    is nobody to ask."""

    step: str
    of: str
    share: GroupRate | None


class GroupShown(msgspec.Struct, frozen=True):
    """A group of a dimension: its share of each step, None if it is withheld, or is of nobody.
    `days`: the median from an application to its decision, None if it is withheld."""

    group: str
    shares: dict[str, GroupRate | None]
    days: float | None


class ReportedLine(msgspec.Struct, frozen=True):
    """A line of a stage: how many do not meet it, in all and by group; None: withheld."""

    key: str
    title: str
    failed: int
    by_group: dict[str, int | None]


class DimensionShown(msgspec.Struct, frozen=True):
    """A way to divide mentors into groups; none, if nothing is known of anybody. `lines`: of
    `stage`, where a share is flagged."""

    dimension: str
    groups: list[GroupShown]
    stage: str | None = None
    lines: list[ReportedLine] = []


class FairnessReport(msgspec.Struct, frozen=True):
    """The report of a quarter, as of its last instant. `k`, `ratio`, `p`: from where on."""

    program: str
    quarter: str
    as_of: str
    k: int
    ratio: float
    p: float
    totals: list[StepShown]
    days: float | None
    dimensions: list[DimensionShown]

    @property
    def document(self) -> str:
        """It as canonical JSON."""
        return canonical(msgspec.to_builtins(self)).decode()

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the document."""
        return digest_of(self.document)


class FlaggedShare(NamedTuple):
    """A share that somebody must look at."""

    dimension: str
    group: str
    step: str
    share: GroupRate


def read(document: str) -> FairnessReport:
    """A report from its document."""
    return msgspec.json.decode(document, type=FairnessReport)


def digest_of(document: str) -> str:
    """Hex SHA-256 of a document."""
    return hashlib.sha256(document.encode()).hexdigest()


def flagged(report: FairnessReport, flag: Flag) -> Iterator[FlaggedShare]:
    """The shares with a flag, in the order of the report."""
    for dimension in report.dimensions:
        for group in dimension.groups:
            for step, share in group.shares.items():
                if share is not None and share.flag == flag:
                    yield FlaggedShare(dimension.dimension, group.group, step, share)
