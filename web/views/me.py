"""Who asks, and in which programs as what."""

from directory import programs
from engine.store.postgres.connection import Transaction
from web.identity.principal import Principal
from web.views.model import View


class Branding(View):
    """A program's logo and colour, as told; pages use neither yet."""

    logo_url: str | None
    accent: str | None


class ProgramOfMine(View):
    """A program of somebody's. `roles`: participant, coordinator or both; `participant_id`: null
    for somebody who is no participant."""

    program_id: str
    name: str
    participant_id: str | None
    roles: list[str]
    self_match: bool
    branding: Branding | None


class Myself(View):
    """Somebody's programs, in the order of their token."""

    programs: list[ProgramOfMine]


def read(tx: Transaction, principal: Principal) -> Myself:
    """The programs of somebody, in one statement. `tx`: of the directory."""
    names = principal.programs()
    mine = programs.of_person(tx, [(name, principal.participant_in(name)) for name in names])
    return Myself(
        programs=[
            ProgramOfMine(
                program_id=name,
                name=mine[name].description.name,
                participant_id=principal.participant_in(name),
                roles=_roles(principal, name),
                self_match=mine[name].description.self_match,
                branding=None,
            )
            for name in names
        ]
    )


def _roles(principal: Principal, program: str) -> list[str]:
    roles = []
    if principal.participant_in(program) is not None:
        roles.append("participant")
    if principal.coordinates(program):
        roles.append("coordinator")
    return roles
