"""By which role somebody asks for something of a program. No answer is made without one."""

from web.identity.principal import Principal
from web.policy.matrix import Field, Viewer, right


def as_participant(principal: Principal, program: str) -> str | None:
    """Their own participant id in a program; None: they are no participant of it."""
    return principal.participant_in(program)


def as_coordinator(principal: Principal, program: str) -> bool:
    """Whether they ask as a coordinator of this very program."""
    return principal.coordinates(program)


def as_member(principal: Principal, program: str) -> bool:
    """Whether they have to do with a program at all, as a participant or a coordinator."""
    return as_participant(principal, program) is not None or as_coordinator(principal, program)


def as_other(principal: Principal, program: str, participant: str, *, self_match: bool) -> Viewer:
    """In what relation a participant of a program stands to another one there, whose badges they
    ask for."""
    own = principal.participant_in(program)
    if own is None:
        return "public"
    if own == participant:
        return "me"
    return "other, self-match" if self_match else "other"


def may(viewer: Viewer, field: Field) -> bool:
    """Whether somebody may see anything at all of a field."""
    return right(viewer, field) != "no"
