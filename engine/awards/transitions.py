"""One life of an award: announced, perhaps lost, perhaps earned again, each with its revision."""

from dataclasses import dataclass, field

from msgspec.structs import replace

from engine.fact import Retraction
from engine.projections.award import Award
from engine.store.awards.awards import Announced
from events.instants import Instant


@dataclass(frozen=True, slots=True)
class Recomputed:
    """An award is lost by a replay, at this time; no fact was retracted."""

    time: Instant


Cause = Retraction | Recomputed
"""Why an award is lost."""


class Drift(Exception):
    """What was read contradicts itself: awards, measures and facts do not go together.

    Somebody committed between two reads, and the next attempt reads it all anew; or, if it stays,
    a bug.
    """


@dataclass(slots=True)
class AwardChanges:
    """New rows for awards: `first` for awards never announced before, `again` for the others,
    `restated` for those whose date and evidence alone are put right. `said` are to be published,
    a revocation with its cause."""

    first: list[Announced] = field(default_factory=list)
    again: list[Announced] = field(default_factory=list)
    restated: list[Announced] = field(default_factory=list)
    said: list[tuple[Announced, Cause | None]] = field(default_factory=list)

    def gain(self, award: Award, prior: Announced | None, catalog: int) -> None:
        """The facts justify an award that they did not justify before."""
        if prior is None:
            announced = Announced(award, revision=1, standing=True, catalog=catalog)
            self.first.append(announced)
            self.said.append((announced, None))
        elif not prior.standing:
            revision = prior.revision + 1
            announced = Announced(award, revision, standing=True, catalog=catalog)
            self.again.append(announced)
            self.said.append((announced, None))
        elif prior.decided:  # kept by decision so far; now facts justify it: nothing to say
            self.again.append(
                replace(
                    prior,
                    award=replace(award, giver=prior.award.giver),
                    catalog=catalog,
                    decided=False,
                )
            )
        else:
            raise Drift(f"award {award.id} stands already, though its measures did not earn it")

    def lose(self, prior: Announced | None, award: str, cause: Retraction | None) -> None:
        """The facts no longer justify an award."""
        if prior is None or not prior.standing:
            raise Drift(f"award {award} does not stand, though its measures earned it")
        if prior.decided:
            return
        if cause is None:
            raise Drift(f"award {award} is lost, but no fact of its proof was retracted")
        announced = replace(prior, revision=prior.revision + 1, standing=False, silent=False)
        self.again.append(announced)
        self.said.append((announced, cause))

    def end_keep(self, kept: Announced, cause: Retraction) -> None:
        """The fact that a kept award is itself is retracted: no decision keeps it any longer."""
        self.lose(replace(kept, decided=False), kept.award.id, cause)
