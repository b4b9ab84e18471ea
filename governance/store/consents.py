"""Consents of learners to showing one thing on their mentor's public page: a testimonial that they
wrote, or an exemplar of their work. What was withdrawn stays withdrawn; to give it
again is another consent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from engine.store.postgres.connection import Row, Transaction

ConsentPurpose = Literal["testimonial", "exemplar"]
ConsentState = Literal["asked", "given", "withdrawn", "refused"]

_COLUMNS = (
    "consent_id::text, program, learner, mentor, purpose, about, title, address, asked_at, "
    "given_at, withdrawn_at"
)


@dataclass(frozen=True, slots=True)
class ConsentSubject:
    """What a consent is to. `about`: the id of a testimonial, or of an exemplar link; `title`,
    `address`: of an exemplar, exactly what is shown. Another address is another `about`."""

    purpose: ConsentPurpose
    about: str
    title: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent of a learner, or what they are asked for."""

    consent_id: str
    program: str
    learner: str
    mentor: str
    subject: ConsentSubject
    asked_at: datetime
    given_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def state(self) -> ConsentState:
        """Where it stands. "refused": withdrawn before it was ever given."""
        if self.withdrawn_at is not None:
            return "refused" if self.given_at is None else "withdrawn"
        return "asked" if self.given_at is None else "given"


def ask(
    tx: Transaction,
    program: str,
    learner: str,
    mentor: str,
    subject: ConsentSubject,
    now: datetime,
) -> bool:
    """Ask a learner for a consent; False: they are asked already, or have given it."""
    return _add(tx, program, (learner, mentor), subject, now, given=False)


def give(
    tx: Transaction,
    program: str,
    learner: str,
    mentor: str,
    subject: ConsentSubject,
    now: datetime,
) -> bool:
    """Write a consent that nobody asked for, or the one that is asked for; False: it is given."""
    if _add(tx, program, (learner, mentor), subject, now, given=True):
        return True
    return bool(
        tx.execute(
            "UPDATE governance.consents SET given_at = %s WHERE program = %s AND purpose = %s "
            "AND about = %s AND learner = %s AND mentor = %s AND given_at IS NULL "
            "AND withdrawn_at IS NULL",
            now, program, subject.purpose, subject.about, learner, mentor,
        )
    )  # fmt: skip


def answer(tx: Transaction, program: str, learner: str, consent_id: str, now: datetime) -> bool:
    """Give what a learner is asked for; False: there is nothing of theirs to give."""
    return _is_id(consent_id) and bool(
        tx.execute(
            "UPDATE governance.consents SET given_at = %s WHERE program = %s AND learner = %s "
            "AND consent_id = %s::text::uuid AND given_at IS NULL AND withdrawn_at IS NULL",
            now, program, learner, consent_id,
        )
    )  # fmt: skip


def withdraw(tx: Transaction, program: str, learner: str, consent_id: str, now: datetime) -> bool:
    """Take back a consent, or refuse it; False: nothing of theirs stands. Nobody but the learner
    can."""
    return _is_id(consent_id) and bool(
        tx.execute(
            "UPDATE governance.consents SET withdrawn_at = %s WHERE program = %s AND learner = %s "
            "AND consent_id = %s::text::uuid AND withdrawn_at IS NULL",
            now, program, learner, consent_id,
        )
    )  # fmt: skip


def in_force(
    tx: Transaction, program: str, purpose: ConsentPurpose, about: str, mentor: str | None = None
) -> bool:
    """Whether what is shown has a learner's consent at this moment; `mentor`: given for a page of
    theirs."""
    return (
        tx.one(
            "SELECT FROM governance.consents WHERE program = %s AND purpose = %s AND about = %s "
            "AND (%s::text IS NULL OR mentor = %s) AND given_at IS NOT NULL "
            "AND withdrawn_at IS NULL LIMIT 1",
            program, purpose, about, mentor, mentor,
        )
        is not None
    )  # fmt: skip


def of_learner(tx: Transaction, program: str, learner: str) -> list[Consent]:
    """All that a learner gave, withdrew, refused or is asked for, the first asked first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.consents WHERE program = %s AND learner = %s "
        "ORDER BY asked_at, consent_id",
        program, learner,
    )  # fmt: skip
    return _read(rows)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _add(
    tx: Transaction,
    program: str,
    pair: tuple[str, str],
    subject: ConsentSubject,
    now: datetime,
    *,
    given: bool,
) -> bool:
    return bool(
        tx.execute(
            "INSERT INTO governance.consents (consent_id, program, learner, mentor, purpose, "
            "about, title, address, asked_at, given_at) "
            "VALUES (%s::text::uuid, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            str(uuid4()), program, *pair, subject.purpose, subject.about, subject.title,
            subject.address, now, now if given else None,
        )
    )  # fmt: skip


def _read(rows: Iterable[Row]) -> list[Consent]:
    return [
        Consent(
            row[0], row[1], row[2], row[3], ConsentSubject(*row[4:8]), row[8], row[9], row[10]
        )
        for row in rows
    ]  # fmt: skip
