"""Testimonials that mentors chose for their public page, and whether their authors agree."""

from dataclasses import dataclass
from datetime import datetime

from engine.store.postgres.connection import Transaction
from governance.store.exemplar_links import Agreement


@dataclass(frozen=True, slots=True)
class PageVoice:
    """A testimonial that a mentor wants on their page. `consent`: of its author, None if they
    refused it or took it back."""

    testimonial_id: str
    author: str
    chosen_at: datetime
    consent: Agreement | None

    @property
    def agreed(self) -> bool:
        """Whether its author agrees."""
        return self.consent == "given"


def choose(
    tx: Transaction, program: str, mentor: str, testimonial: tuple[str, str], now: datetime
) -> None:
    """Want a testimonial (its id and its author) on the page, or again."""
    tx.execute(
        "INSERT INTO governance.page_voices AS v (program, mentor, testimonial_id, author, "
        "chosen_at) VALUES (%s, %s, %s, %s, %s) ON CONFLICT (program, mentor, testimonial_id) "
        "DO UPDATE SET chosen_at = excluded.chosen_at, ended_at = NULL "
        "WHERE v.ended_at IS NOT NULL",
        program, mentor, *testimonial, now,
    )  # fmt: skip


def end(tx: Transaction, program: str, mentor: str, testimonial_id: str, now: datetime) -> bool:
    """Want it there no longer; False: it was not wanted."""
    return bool(
        tx.execute(
            "UPDATE governance.page_voices SET ended_at = %s WHERE program = %s AND mentor = %s "
            "AND testimonial_id = %s AND ended_at IS NULL",
            now, program, mentor, testimonial_id,
        )
    )  # fmt: skip


def of_mentor(tx: Transaction, program: str, mentor: str) -> list[PageVoice]:
    """Those that a mentor wants, first to last."""
    rows = tx.rows(
        "SELECT v.testimonial_id, v.author, v.chosen_at, "
        "(SELECT CASE WHEN c.given_at IS NULL THEN 'asked' ELSE 'given' END "
        "FROM governance.consents c WHERE c.program = v.program AND c.purpose = 'testimonial' "
        "AND c.about = v.testimonial_id AND c.learner = v.author AND c.mentor = v.mentor "
        "AND c.withdrawn_at IS NULL) FROM governance.page_voices v WHERE v.program = %s "
        "AND v.mentor = %s AND v.ended_at IS NULL ORDER BY v.chosen_at, v.testimonial_id",
        program, mentor,
    )  # fmt: skip
    return [PageVoice(*row) for row in rows]
