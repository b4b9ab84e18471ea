"""The board of a loop, for the program's coordinators: each member with their badges there."""

from directory import membership, names
from engine.queries import boards
from engine.queries.errors import UnknownLoop, UnknownProgram
from web.views import badges, people
from web.views.badges import BadgeView
from web.views.model import View
from web.views.moment import Moment
from web.views.people import Person


class LoopOfBoard(View):
    """A loop. `state`: open or closed."""

    loop_id: str
    name: str | None
    state: str


class MemberBadges(View):
    """A member of a loop with every badge."""

    person: Person
    badges: list[BadgeView]


class LoopBoardShown(View):
    """A loop with its members, by name."""

    loop: LoopOfBoard
    members: list[MemberBadges]


def read(moment: Moment, program: str, loop: str) -> LoopBoardShown:
    """A loop's board.

    Raises:
        UnknownLoop: neither described nor has anything been counted in it. CatalogAltered
    """
    described = membership.loop(moment.directory, program, loop)
    members = {} if described is None else {m.participant_id: m.person for m in described.members}
    try:
        board = boards.of_loop(moment.engine, program, loop, members)
    except UnknownProgram:
        raise UnknownLoop(f"program {program} has no loop called {loop}") from None
    counted = {
        person.participant_id: person for item in board.loops for person in item.participants
    }
    others = counted.keys() - members.keys()
    known = {**members, **(names.people(moment.directory, program, others) if others else {})}
    return LoopBoardShown(
        loop=LoopOfBoard(
            loop_id=loop,
            name=None if described is None else described.name,
            state="open" if described is None else described.state,
        ),
        members=[
            MemberBadges(
                person=person,
                badges=[badges.badge_view(b) for b in counted[person.participant_id].badges],
            )
            for person in people.listed(known, counted)
        ],
    )
