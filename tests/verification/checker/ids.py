"""The ids that anybody can work out, by the contract."""

from uuid import NAMESPACE_URL, uuid5

_NAMESPACE = uuid5(NAMESPACE_URL, "https://schemas.mentoring.example/badge-award")


def award_id(program: str, loop: str | None, recipient: str, badge: str, occurrence: str) -> str:
    """The id of an award."""
    names = (program, loop or "", recipient, badge, occurrence)
    return str(uuid5(_NAMESPACE, "\x1f".join(names)))


def message_id(about: str, revision: int) -> str:
    """The id of the event about an award or (revision 1) an invitation."""
    return str(uuid5(_NAMESPACE, f"{about}/{revision}"))
