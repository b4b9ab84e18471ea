"""Who asks, and in which programs as what."""

from directory import programs
from directory.programs import ProgramDescription
from engine.store.postgres.connection import Transaction
from web.identity.principal import Principal
from web.views.model import View


class BrandingShown(View):
    """A program's logo and colour as described; pages use neither yet."""

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
    branding: BrandingShown | None


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
                branding=_branding(mine[name].description),
            )
            for name in names
        ]
    )


def _branding(described: ProgramDescription) -> BrandingShown | None:
    if described.logo_url is None and described.accent is None:
        return None
    return BrandingShown(logo_url=described.logo_url, accent=described.accent)


def _roles(principal: Principal, program: str) -> list[str]:
    roles = []
    if principal.participant_in(program) is not None:
        roles.append("participant")
    if principal.coordinates(program):
        roles.append("coordinator")
    return roles
