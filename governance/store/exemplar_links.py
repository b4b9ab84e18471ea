"""Links of mentors to exemplars published elsewhere, with how a coordinator checked them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.store.postgres.connection import Row, Transaction
from governance.rules.mentors.links import LinkState

_COLUMNS = (
    "l.link_id::text, l.program, l.mentor, l.title, l.address, l.learner, l.added_at, l.state, "
    "l.checked_by, l.checked_at, l.removed_at"
)
_CONSENT = (
    "(SELECT CASE WHEN c.given_at IS NULL THEN 'asked' ELSE 'given' END "
    "FROM governance.consents c WHERE c.program = l.program AND c.purpose = 'exemplar' "
    "AND c.about = l.link_id::text AND c.learner = l.learner AND c.mentor = l.mentor "
    "AND c.withdrawn_at IS NULL)"
)
Agreement = Literal["asked", "given"]
"""Of the learner whose work is shown, as it stands at the moment of reading."""


@dataclass(frozen=True, slots=True)
class ExemplarLink:
    """A link. `learner`: whose work it shows, None if nobody's; `consent`: of that learner, None if
    they refused it or took it back."""

    link_id: str
    program: str
    mentor: str
    title: str
    address: str
    learner: str | None
    added_at: datetime
    state: LinkState = "waiting"
    checked_by: str | None = None
    checked_at: datetime | None = None
    removed_at: datetime | None = None
    consent: Agreement | None = None

    @property
    def agreed(self) -> bool:
        """Whether the learner whose work it shows agrees."""
        return self.consent == "given"


def add(tx: Transaction, link: ExemplarLink) -> None:
    """Keep a new link, which waits to be checked."""
    tx.execute(
        "INSERT INTO governance.exemplar_links (link_id, program, mentor, title, address, learner, "
        "added_at, state) VALUES (%s::text::uuid, %s, %s, %s, %s, %s, %s, 'waiting')",
        link.link_id, link.program, link.mentor, link.title, link.address, link.learner,
        link.added_at,
    )  # fmt: skip


def of_mentor(tx: Transaction, program: str, mentor: str) -> list[ExemplarLink]:
    """The links of a mentor that were not removed, first to last."""
    return _read(
        tx.rows(
            f"SELECT {_COLUMNS}, {_CONSENT} FROM governance.exemplar_links l WHERE l.program = %s "
            "AND l.mentor = %s AND l.removed_at IS NULL ORDER BY l.added_at, l.link_id",
            program, mentor,
        )
    )  # fmt: skip


def of_program(tx: Transaction, program: str) -> list[ExemplarLink]:
    """All links that were not removed: those that wait first, then the latest checked first."""
    return _read(
        tx.rows(
            f"SELECT {_COLUMNS}, {_CONSENT} FROM governance.exemplar_links l WHERE l.program = %s "
            "AND l.removed_at IS NULL "
            "ORDER BY l.state <> 'waiting', l.checked_at DESC, l.added_at, l.link_id",
            program,
        )
    )


def one(tx: Transaction, program: str, link_id: str) -> ExemplarLink | None:
    """A link, also a removed one; None: there is none."""
    rows = tx.rows(
        f"SELECT {_COLUMNS}, {_CONSENT} FROM governance.exemplar_links l WHERE l.program = %s "
        "AND l.link_id::text = %s",
        program, link_id,
    )  # fmt: skip
    return next(iter(_read(rows)), None)


def remove(tx: Transaction, program: str, mentor: str, link_id: str, now: datetime) -> bool:
    """Take a link of a mentor away; False: there is none of theirs."""
    return bool(
        tx.execute(
            "UPDATE governance.exemplar_links SET removed_at = %s WHERE program = %s "
            "AND mentor = %s AND link_id::text = %s AND removed_at IS NULL",
            now, program, mentor, link_id,
        )
    )  # fmt: skip


def check(
    tx: Transaction, program: str, link_id: str, state: LinkState, by: str, now: datetime
) -> bool:
    """Write how a link was checked, the latest check counts; False: there is no such link."""
    return bool(
        tx.execute(
            "UPDATE governance.exemplar_links SET state = %s, checked_by = %s, checked_at = %s "
            "WHERE program = %s AND link_id::text = %s AND removed_at IS NULL",
            state, by, now, program, link_id,
        )
    )  # fmt: skip


def _read(rows: Iterable[Row]) -> list[ExemplarLink]:
    return [ExemplarLink(*row) for row in rows]
