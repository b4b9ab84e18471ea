"""One life of an award: announced, perhaps lost, perhaps earned again, each with its revision.

Workers and replays change awards by these rules alone; what differs, and how, is a `Difference`.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec.structs import replace

from engine.fact import Retraction
from engine.projections.award import Award, Kind
from engine.store.awards.awards import Announced
from engine.store.awards.differences import Difference
from events.instants import Instant


@dataclass(frozen=True, slots=True)
class Recomputed:
    """An award is lost by a replay, at this time; no fact was retracted."""

    time: Instant


Cause = Retraction | Recomputed
"""Why an award is lost."""


class Announcement(NamedTuple):
    """An award that is to be announced, or its revocation, with the cause of that."""

    announced: Announced
    cause: Cause | None = None


class Drift(Exception):
    """What was read contradicts itself: awards, measures and facts do not go together.

    Somebody committed between two reads, and the next attempt reads it all again; or, if it stays,
    a bug.
    """


def next_revision(prior: Announced | None, *, standing: bool) -> int:
    """The revision after this one: awards have the odd ones, revocations the even ones. (A row that
    was changed by hand may have gone over without one.)"""
    last = prior.revision if prior is not None else 0
    return last + 1 if last % 2 != standing else last + 2


def gained(
    award: Award, prior: Announced | None, catalog: int, *, silent: bool = False
) -> Announced:
    """An award that facts justify and that does not stand."""
    revision = next_revision(prior, standing=True)
    return Announced(award, revision, standing=True, catalog=catalog, silent=silent)


def lost(prior: Announced, *, silent: bool = False) -> Announced:
    """A standing award that facts no longer justify, and that no decision keeps any longer."""
    revision = next_revision(prior, standing=False)
    return replace(prior, revision=revision, standing=False, silent=silent, decided=False)


def kept(prior: Announced) -> Announced:
    """A standing award that facts no longer justify, kept by decision."""
    return replace(prior, decided=True)


def restated(award: Award, prior: Announced, catalog: int) -> Announced:
    """A standing award with the dates and evidence that hold. If it was kept by decision, it is an
    ordinary one now. Nothing is announced."""
    award = replace(award, giver=prior.award.giver)
    return replace(prior, award=award, catalog=catalog, decided=False)


@dataclass(slots=True)
class AwardChanges:
    """New rows for awards: `first` for awards never announced before, `again` for the others,
    `restated` for those whose date and evidence alone are put right. `announcements` are to be
    published."""

    first: list[Announced] = field(default_factory=list)
    again: list[Announced] = field(default_factory=list)
    restated: list[Announced] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)

    def gain(self, award: Award, prior: Announced | None, catalog: int) -> None:
        """The facts justify an award that they did not justify before."""
        kind = Difference(prior, award).kind
        if kind is Kind.ADDED:
            announced = gained(award, prior, catalog)
            (self.first if prior is None else self.again).append(announced)
            self.announcements.append(Announcement(announced))
        elif kind is Kind.JUSTIFIED and prior is not None:
            self.again.append(restated(award, prior, catalog))
        else:
            raise Drift(f"award {award.id} is standing, though its measures did not earn it")

    def lose(self, prior: Announced | None, award: str, cause: Retraction | None) -> None:
        """The facts no longer justify an award."""
        if prior is None or not prior.standing:
            raise Drift(f"award {award} is not standing, though its measures earned it")
        if Difference(prior, None).kind is not Kind.LOST:
            return  # kept by decision
        if cause is None:
            raise Drift(f"award {award} is lost, but no fact of its proof was retracted")
        announced = lost(prior)
        self.again.append(announced)
        self.announcements.append(Announcement(announced, cause))

    def end_keep(self, kept: Announced, cause: Retraction) -> None:
        """The fact that a kept award is itself is retracted: no decision keeps it any longer."""
        self.lose(replace(kept, decided=False), kept.award.id, cause)

    def restate(self, award: Award, prior: Announced, catalog: int) -> None:
        """The facts justify an award as before, but not by the proof that is stored."""
        self.restated.append(restated(award, prior, catalog))
