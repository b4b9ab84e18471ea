"""By which role somebody asks for something of a program. No answer is made without one."""

from web.identity.principal import Permission, Principal


def as_participant(principal: Principal, program: str) -> str | None:
    """Their own participant id in a program; None: they are no participant of it."""
    return principal.participant_in(program)


def as_coordinator(principal: Principal, program: str) -> bool:
    """Whether they ask as a coordinator of this very program."""
    return principal.coordinates(program)


def as_service(principal: Principal, program: str, permission: Permission) -> bool:
    """Whether they ask as a service of this very program that may do this."""
    return principal.serves(program, permission)


def as_member(principal: Principal, program: str) -> bool:
    """Whether they have to do with a program at all, as a participant or a coordinator."""
    return as_participant(principal, program) is not None or as_coordinator(principal, program)


def as_operator(principal: Principal) -> bool:
    """Whether they ask as an operator."""
    return principal.operates
