"""An award: one participant holding one badge, since when and why."""

from enum import StrEnum

import msgspec

from engine.catalog.model import Catalog
from engine.fact import Fact
from engine.rules.criteria.criterion import EvidenceItem, Holding, Proof, of_fact
from engine.rules.measure import Measure
from events.instants import Instant


class Kind(StrEnum):
    """How an award as announced differs from what the facts justify. One kept by decision is
    justified when facts earn it again; until then there is no difference."""

    ADDED = "added"
    LOST = "lost"
    MOVED = "moved"
    JUSTIFIED = "justified"
    RENAMED = "renamed"
    UNCHANGED = "unchanged"


class Award(msgspec.Struct, frozen=True, gc=False):
    """An award as the facts justify it. `loop` is None for a badge of the program, `level` for a
    badge without levels; `giver` is set for kudos only, `valid_until` for badges of which awards
    are valid for some months only: at that instant and after it this one is not."""

    id: str
    program: str
    loop: str | None
    recipient: str
    badge: str
    level: str | None
    occurrence: str
    time: Instant
    evidence: tuple[EvidenceItem, ...]
    giver: str | None = None
    valid_until: Instant | None = None

    def as_json(self) -> dict[str, object]:
        """As a line of an awards export."""
        return {
            "award_id": self.id,
            "program_id": self.program,
            "loop_id": self.loop,
            "recipient_id": self.recipient,
            "badge": self.badge,
            "level": self.level,
            "occurrence": self.occurrence,
            "awarded_at": self.time,
            **({} if self.valid_until is None else {"valid_until": self.valid_until}),
            "evidence": [{"type": item.type, "id": item.id} for item in self.evidence],
        }


def of_holding(
    catalog: Catalog,
    program: str,
    loop: str | None,
    recipient: str,
    holding: Holding,
    proof: Proof,
) -> Award:
    """The award for a badge that is held. `loop` is None for a badge of the program."""
    return Award(
        id=catalog.award_id(program, loop, recipient, holding.badge, holding.occurrence),
        program=program,
        loop=loop,
        recipient=recipient,
        badge=holding.badge,
        level=holding.occurrence or None,
        occurrence=holding.occurrence,
        time=proof.time,
        evidence=proof.evidence,
    )


def of_repeatable(catalog: Catalog, fact: Fact) -> list[Award]:
    """The awards that a fact is by itself: one per repeatable badge and recipient."""
    return [
        of_repeated(catalog, measure, fact, recipient)
        for measure, recipient in catalog.repeated_by(fact)
    ]


def of_repeated(catalog: Catalog, measure: Measure, fact: Fact, recipient: str) -> Award:
    """The award that a fact is by itself, of one repeatable badge's measure for one recipient."""
    program, loop, _ = fact.place
    giver = fact.data.get("giver_id")
    months = catalog.badge[measure.name].valid_for
    until = None if months is None else catalog.calendar.valid_until(fact.time, months)
    return Award(
        id=catalog.award_id(program, loop, recipient, measure.name, fact.id),
        program=program,
        loop=loop,
        recipient=recipient,
        badge=measure.name,
        level=None,
        occurrence=fact.id,
        time=fact.time,
        evidence=(of_fact(fact),),
        giver=giver if isinstance(giver, str) else None,
        valid_until=until,
    )
