"""The person or service that a request comes from, and the roles that their token names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

Permission = Literal["keys", "erase", "export"]
_Id = Annotated[str, Field(min_length=1)]


def _known_permissions(value: Any) -> Any:
    """A list of JSON as a tuple, without the permissions that we do not know."""
    if not isinstance(value, list):
        return value
    return tuple(one for one in value if one in get_args(Permission))


class _Role(BaseModel):
    """Members that we do not know are ignored, as unknown roles are."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class ParticipantRole(_Role):
    """A participant of a program; `id` is their participant id."""

    role: Literal["participant"]
    program: _Id
    id: _Id


class CoordinatorRole(_Role):
    """A coordinator of a program."""

    role: Literal["coordinator"]
    program: _Id


class ServiceRole(_Role):
    """A service of the platform, with what it may do in a program."""

    role: Literal["service"]
    program: _Id
    may: Annotated[tuple[Permission, ...], BeforeValidator(_known_permissions)] = ()


class OpsRole(_Role):
    """An operator, of every program and of none."""

    role: Literal["ops"]


Role = ParticipantRole | CoordinatorRole | ServiceRole | OpsRole
_role: TypeAdapter[Role] = TypeAdapter(Role)


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. `subject`: the token's `sub`. `until`: when what is known of the roles is too old.
    `authenticated_at`: when they last proved to the issuer who they are; None where it did not say.

    Of several participant ids in one program the first counts.
    """

    subject: str
    roles: tuple[Role, ...]
    until: datetime
    authenticated_at: datetime | None = None

    def participant_in(self, program: str) -> str | None:
        """Their participant id in a program; None if they are no participant of it."""
        for role in self.roles:
            if isinstance(role, ParticipantRole) and role.program == program:
                return role.id
        return None

    def coordinates(self, program: str) -> bool:
        """Whether they are a coordinator of a program."""
        return any(isinstance(r, CoordinatorRole) and r.program == program for r in self.roles)

    def serves(self, program: str, permission: Permission) -> bool:
        """Whether they are a service of a program, with this permission."""
        return any(
            isinstance(r, ServiceRole) and r.program == program and permission in r.may
            for r in self.roles
        )

    @property
    def operates(self) -> bool:
        """Whether they are an operator."""
        return any(isinstance(r, OpsRole) for r in self.roles)

    def programs(self) -> list[str]:
        """The programs they are a participant or a coordinator of, in the order of the token."""
        mine = (ParticipantRole, CoordinatorRole)
        return list(dict.fromkeys(r.program for r in self.roles if isinstance(r, mine)))


def roles_of(claim: Iterable[object]) -> tuple[Role, ...]:
    """The roles of a token's `roles` claim. What is no role we know is ignored."""
    known: list[Role] = []
    for item in claim:
        try:
            known.append(_role.validate_python(item))
        except ValidationError:
            continue
    return tuple(known)
