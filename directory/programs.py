"""What a program is called and allows, with the defaults of what was not described."""

from dataclasses import dataclass
from typing import Any

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
    issuer: ProgramIssuer | None = None


def described(tx: Transaction, program: str) -> ProgramDescription:
    """A program's description; of one that was never described, its id and the defaults. One
    statement."""
    row = tx.one("SELECT described FROM directory.programs WHERE program = %s", program)
    if row is None:
        return ProgramDescription(program, program)
    fields: dict[str, Any] = row[0]
    kudos, sharing = fields.get("kudos", {}), fields.get("sharing", {})
    issuer = fields.get("issuer")
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
        issuer=None
        if issuer is None
        else ProgramIssuer(issuer["name"], issuer["url"], issuer.get("linkedin_organization_id")),
    )
