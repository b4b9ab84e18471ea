"""What a program is called and allows, with the defaults of what was not described."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from directory.names import COLUMNS, DirectoryPerson, person
from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class ProgramIssuer:
    """Who issues credentials of a program."""

    name: str
    url: str
    linkedin_organization_id: str | None


@dataclass(frozen=True, slots=True)
class ProgramDescription:
    """A program for pages. `withdraw_hours`: for how long kudos can be withdrawn."""

    program_id: str
    name: str
    described: bool = False
    locale: str = "en"
    timezone: str = "UTC"
    self_match: bool = False
    kudos_enabled: bool = True
    withdraw_hours: int = 24
    public_pages: bool = True
    support_url: str | None = None
    logo_url: str | None = None
    accent: str | None = None
    issuer: ProgramIssuer | None = None


def described(tx: Transaction, program: str) -> ProgramDescription:
    """A program's description; of one that was never described, its id and the defaults. One
    statement."""
    row = tx.one("SELECT described FROM directory.programs WHERE program = %s", program)
    return _description(program, row[0] if row is not None else None)


@dataclass(frozen=True, slots=True)
class ProgramOfPerson:
    """A program, and somebody as it has them; `person` None without an id."""

    description: ProgramDescription
    person: DirectoryPerson | None


def of_person(tx: Transaction, ids: Sequence[tuple[str, str | None]]) -> dict[str, ProgramOfPerson]:
    """Programs, each with one person, by program in this order; described or not. `ids`: program
    and participant (None for nobody). One statement."""
    rows = tx.rows(
        f"SELECT k.program, k.participant, g.described, {COLUMNS} "
        "FROM unnest(%b::text[], %b::text[]) k (program, participant) "
        "LEFT JOIN directory.programs g ON g.program = k.program "
        "LEFT JOIN directory.participants p "
        "ON (p.program, p.participant) = (k.program, k.participant)",
        [program for program, _ in ids], [participant for _, participant in ids],
    )  # fmt: skip
    known = {
        program: ProgramOfPerson(
            _description(program, fields),
            None if participant is None else person(participant, tuple(columns)),
        )
        for program, participant, fields, *columns in rows
    }
    return {program: known[program] for program, _ in ids}


def _description(program: str, fields: dict[str, Any] | None) -> ProgramDescription:
    if fields is None:
        return ProgramDescription(program, program)
    kudos, sharing = fields.get("kudos", {}), fields.get("sharing", {})
    issuer, branding = fields.get("issuer"), fields.get("branding", {})
    return ProgramDescription(
        program_id=program,
        name=fields["name"],
        described=True,
        locale=fields.get("locale", "en"),
        timezone=fields.get("timezone", "UTC"),
        self_match=fields.get("self_match", False),
        kudos_enabled=kudos.get("enabled", True),
        withdraw_hours=kudos.get("withdraw_hours", 24),
        public_pages=sharing.get("public_pages", True),
        support_url=fields.get("support_url"),
        logo_url=branding.get("logo_url"),
        accent=branding.get("accent"),
        issuer=None
        if issuer is None
        else ProgramIssuer(issuer["name"], issuer["url"], issuer.get("linkedin_organization_id")),
    )
