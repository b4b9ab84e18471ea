"""A mentor in a program whose one stage asks for three reviews and a voice, and their decisions."""

import hashlib
from dataclasses import dataclass

from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.support.given import RETRACTED, record
from tests.unit.governance.reviewed import CATALOG, WHO

CLOSED = "2026-02-10T17:00:00Z"
DECIDED = "2026-02-16T10:00:00Z"
REVIEW = "mentoring.review.submitted.v1"
DECISION = "mentoring.decision.recorded.v1"
TESTIMONIAL = "mentoring.testimonial.given.v1"


def review(name: str, score: float, at: str = CLOSED, who: str = WHO) -> bytes:
    """A review of one row, of the panel "p"."""
    data = {
        "program_id": PROGRAM, "participant_id": who, "review_id": name, "panel_id": "p",
        "seat": 1, "rubric": "practice", "rubric_version": 1,
        "ratings": {"all": int(score), "more": round(2 * score) - int(score)}, "score": score,
    }  # fmt: skip
    return record(REVIEW, at, data)


def decision(
    name: str = "d-1", outcome: str = "granted", policy: str = CATALOG.policy.digest, **data: object
) -> bytes:
    """A decision that was made elsewhere, as of the panel's closing."""
    fields = {
        "program_id": PROGRAM, "participant_id": WHO, "decision_id": name, "case": "proficient",
        "outcome": outcome, "as_of": CLOSED, "approver_ids": ["ada", "sam"],
        "pack": hashlib.sha256(name.encode()).hexdigest(), "policy": policy,
    }  # fmt: skip
    return record(DECISION, DECIDED, fields | data)


def retraction(fact_type: str, name: str, at: str = "2026-03-20T08:00:00Z") -> bytes:
    """A fact of the mentor retracted."""
    data = {"program_id": PROGRAM, "participant_id": WHO, "fact_type": fact_type, "fact_id": name}
    return record(RETRACTED, at, data)


@dataclass(frozen=True)
class ReviewedMentor:
    """The mentor, who has a voice and three reviews with a mean of exactly what is asked."""

    room: CommitteeRoom

    def begin(self) -> None:
        """Tell the facts that their stage asks for."""
        self.room.harness.tell(
            record(
                TESTIMONIAL,
                "2026-01-10T10:00:00Z",
                {
                    "program_id": PROGRAM, "participant_id": WHO, "testimonial_id": "v-1",
                    "author_id": "lee", "source": "learner",
                },
            )
        )  # fmt: skip
        self.room.govern(review("r-1", 2.5), review("r-2", 2), review("r-3", 3), partition=1)

    def tell(self, *values: bytes) -> None:
        """Tell further facts of governance, in an order of their own."""
        self.room.govern(*values, partition=1)
