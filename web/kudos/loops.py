"""The loop that kudos are given in, whether somebody described it or the engine counted there."""

from directory import membership, names
from engine.queries import participants
from web.kudos.rules import LoopOfGift
from web.views.moment import Moment


def of(moment: Moment, program: str, loop: str) -> LoopOfGift | None:
    """A loop with its people; None if nobody is known there.

    Raises:
        CatalogAltered
    """
    described = membership.loop(moment.directory, program, loop)
    if described is not None:
        known = {member.participant_id: member.person for member in described.members}
        is_open = described.state == "open"
    else:
        counted = participants.of_loop(moment.engine, program, loop)
        known = names.people(moment.directory, program, counted) if counted else {}
        is_open = True
    if not known:
        return None
    active = frozenset(name for name, person in known.items() if person.active)
    return LoopOfGift(frozenset(known), active, is_open)
