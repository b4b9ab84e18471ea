"""The lines of a pack: what a stage asks and how much of it there is, in a form that never changes.

They are the lines of the checklist that people see of themselves, so that what a committee reads is
what the subject read. Of reviews whole panels are shown, and of a panel of fewer than three nothing
but that it was.
"""

from collections.abc import Iterable
from operator import attrgetter

import msgspec

from engine.fact import Fact
from engine.projections.award import Award
from engine.queries.checklist import ChecklistLine, ReviewPanel
from engine.rules.millionths import MILLION
from events.instants import Instant
from events.schemas.review_submitted import ReviewSubmitted

PANEL = "panel"
AWARD = "award"


class EvidenceRef(msgspec.Struct, frozen=True):
    """A fact, award or panel behind a line: `type` is that of the fact, "award" or "panel"; `at`
    when it happened; `loop` None for what belongs to no loop."""

    at: Instant
    type: str
    id: str
    loop: str | None = None

    @property
    def order(self) -> tuple[str, str, str, str]:
        """The order of facts, which is that of evidence."""
        return (self.at, self.type, self.id, self.loop or "")


class GroundLine(msgspec.Struct, frozen=True):
    """One thing that is asked for, or several of which all, any or some are.

    `key`: its position in the criterion, such as "4" or "1.0"; `kind`, `of`: as `eligible` has
    them; `have` and `need` for the eye, the same in millionths for a bar; `sample`, `sample_needed`
    of a mean, share or gain; `months` of the window; `missing`: what must be included and is not;
    `until`: the end of a good standing; `aggregate`, `by`, `each`: how a measure counts what;
    `panels`: how many, over reviews; `number` of some parts. `evidence` is sorted by time.
    """

    key: str
    kind: str
    of: str | None
    title: str
    words: str
    met: bool
    have: str | None
    need: str
    have_millionths: int | None
    need_millionths: int
    sample: int | None
    sample_needed: int | None
    months: int | None
    missing: tuple[str, ...]
    until: Instant | None
    event: str | None
    parts: "tuple[GroundLine, ...]"
    evidence: tuple[EvidenceRef, ...]
    aggregate: str | None
    by: str | None
    each: str | None
    panels: int | None
    values: tuple[str, ...]
    number: int | None


def of_checklist(lines: Iterable[ChecklistLine]) -> tuple[GroundLine, ...]:
    """The lines of a checklist, as a pack keeps them."""
    return tuple(map(_line, lines))


def met_but_reviews(line: GroundLine) -> bool:
    """Whether a line is met if reviews, which are the panel's to give, are left out of it."""
    if line.parts:
        met = sum(map(met_but_reviews, line.parts))
        return met * MILLION >= line.need_millionths
    return line.met or line.event == ReviewSubmitted.TYPE


def _line(line: ChecklistLine) -> GroundLine:
    return GroundLine(
        line.key, line.kind, line.of, line.title, line.words, line.met, line.have, line.need,
        line.have_millionths, line.need_millionths, line.sample, line.sample_needed, line.months,
        tuple(sorted(line.missing)), line.until, line.event, of_checklist(line.parts),
        tuple(sorted(map(_ref, line.evidence), key=attrgetter("order"))),
        line.aggregate, line.by, line.each, line.panels, tuple(sorted(line.values)), line.number,
    )  # fmt: skip


def _ref(item: Fact | Award | ReviewPanel) -> EvidenceRef:
    match item:
        case ReviewPanel():
            return EvidenceRef(item.closed_at, PANEL, item.panel_id)
        case Award():
            return EvidenceRef(item.time, AWARD, item.id, item.loop)
        case Fact():
            return EvidenceRef(item.time, item.type, item.id, item.place.loop)
