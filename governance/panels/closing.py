"""A panel closes: its reviews are published together, with one time and nobody's name."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from engine.queries import arrivals
from events.schemas.review_submitted import ReviewSubmitted
from governance import notices, published
from governance.cases import moving
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.panels import asking, sealed
from governance.panels.sealed import SealedReview
from governance.rules.panels import closing
from governance.store import log, outbox, panels
from governance.store.cases import Case
from governance.store.outbox import CommitteeFact
from governance.store.panels import Panel

_shuffled = secrets.SystemRandom().sample


def close(sitting: Sitting, rules: CommitteeRules, case: Case, panel: Panel) -> Case:
    """Close a panel of a locked case. With the last one the case is closed too, and waits until its
    reviews are in the ledger."""
    key = sealed.key_of(sitting, case)
    reviews = []
    for seat in panels.seats_of(sitting.tx, [panel.panel_id]):
        review = sealed.review_of(key, seat)
        if seat.state == "given" and review is not None:
            reviews.append(review)
        if seat.state in panels.IN_USE:
            panels.write_seat(sitting.tx, replace(seat, state="closed"))
    assert len(reviews) >= closing.LEAST, "no panel closes below that"
    scores = [closing.score(review.ratings) for review in reviews]
    stays = closing.is_wide(scores, panel.spread)
    panels.write(
        sitting.tx, replace(panel, state="closed", closed_at=sitting.now, spread_stays=stays)
    )
    outbox.put(sitting.tx, _facts(sitting, case, panel, reviews), sitting.now)
    body = {"panel": panel.panel_id, "reviews": len(reviews), "spread_stays": stays}
    log.note(
        sitting.tx, case.program, case.case_id, "panel.closed", asking.ITSELF, body, sitting.now
    )
    if any(each.state == "open" for each in panels.of_cases(sitting.tx, [case.case_id])):
        return case
    case = moving.move(sitting, rules, case, "closed")
    notices.notify(sitting, case, "panel_closed", [case.subject])
    return case


def settle_published(sitting: Sitting, rules: CommitteeRules, case: Case) -> Case:
    """Freeze the evidence of a case whose panels have closed, once the ledger has their reviews."""
    wanted = outbox.facts_of_case(sitting.tx, case.case_id, ReviewSubmitted.TYPE)
    there = {
        fact.id
        for fact, _, _ in arrivals.of_person(sitting.engine, case.program, case.subject)
        if fact.type == ReviewSubmitted.TYPE
    }
    return moving.settle(sitting, rules, case) if wanted <= there else case


def _facts(
    sitting: Sitting, case: Case, panel: Panel, reviews: Sequence[SealedReview]
) -> list[CommitteeFact]:
    """The reviews as facts. Their order and their seats are drawn now, and say nothing."""
    number = len(reviews)
    seats = _shuffled(range(1, number + 1), number)
    facts = []
    for seat, review in zip(seats, _shuffled(reviews, number), strict=True):
        review_id = str(uuid4())
        data = {
            "review_id": review_id,
            "panel_id": panel.panel_id,
            "seat": seat,
            "rubric": panel.rubric,
            "rubric_version": panel.rubric_version,
            "ratings": dict(sorted(review.ratings.items())),
            "score": closing.score_on_wire(review.ratings),
        }
        facts.append(
            published.fact(
                case.program, case.subject, ReviewSubmitted.TYPE, review_id, data, sitting.now,
                str(uuid4()), case.case_id,
            )
        )  # fmt: skip
    return facts
