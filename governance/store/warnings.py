"""What mentors answered to early warnings about their own learners. Nobody of the committee reads
it; coordinators see how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.queries.outcomes.warnings import EarlyWarning
from engine.store.postgres.connection import Row, Transaction

WarningAnswer = Literal["helped", "wrong", "excused"]
ANSWERS: tuple[WarningAnswer, ...] = WarningAnswer.__args__  # type: ignore[attr-defined]

_COLUMNS = "mentor, learner, kind, about, answer, answered_at"


@dataclass(frozen=True, slots=True)
class AnsweredWarning:
    """A warning with its answer, the latest if there were several."""

    mentor: str
    learner: str
    kind: str
    about: str
    answer: WarningAnswer
    answered_at: datetime

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Which warning it is."""
        return (self.mentor, self.learner, self.kind, self.about)


def key_of(warning: EarlyWarning) -> tuple[str, str, str, str]:
    """Which warning one is that stands."""
    return (warning.mentor, warning.learner, warning.kind, warning.about)


def answer(
    tx: Transaction, program: str, warning: EarlyWarning, how: WarningAnswer, now: datetime
) -> None:
    """Write what a mentor answered, instead of what they answered before."""
    tx.execute(
        f"INSERT INTO governance.warnings (program, {_COLUMNS}) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (program, mentor, learner, kind, about) "
        "DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at",
        program, *key_of(warning), how, now,
    )  # fmt: skip


def of_mentor(tx: Transaction, program: str, mentor: str) -> list[AnsweredWarning]:
    """All that a mentor answered."""
    return _read(
        tx.rows(
            f"SELECT {_COLUMNS} FROM governance.warnings WHERE program = %s AND mentor = %s "
            "ORDER BY learner, kind, about",
            program, mentor,
        )
    )  # fmt: skip


def of_program(tx: Transaction, program: str) -> list[AnsweredWarning]:
    """All that was answered in a program."""
    return _read(
        tx.rows(
            f"SELECT {_COLUMNS} FROM governance.warnings WHERE program = %s "
            "ORDER BY mentor, learner, kind, about",
            program,
        )
    )


def _read(rows: Iterable[Row]) -> list[AnsweredWarning]:
    return [AnsweredWarning(*row) for row in rows]
