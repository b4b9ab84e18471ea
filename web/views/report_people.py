"""The people of a program in numbers, for its coordinators, page by page."""

from collections.abc import Mapping

from directory import names
from engine.queries.program_people import NearStep
from engine.store.postgres.connection import Transaction
from web.reports import people_list
from web.reports.people_list import PeopleFilter, PeopleOrder
from web.reports.program_reports import ProgramReports
from web.views import people
from web.views.model import InstantText, View
from web.views.people import Person


class NearLevel(View):
    """A level that one more brings. `loop_id` is null for a badge of the program."""

    loop_id: str | None
    badge: str
    name: str
    level: str | None
    have: float
    need: float


class PersonReported(View):
    """Somebody in numbers, of all times. `badges`: how many different ones they hold. `last_at`:
    when they last received or gave something. `near`: the level they are one step away from, in an
    answer that asks for it."""

    person: Person
    loops: int
    kudos_received: int
    kudos_given: int
    badges: int
    last_at: InstantText | None
    near: NearLevel | None


class PeopleReported(View):
    """A page of the `total` people that a filter leaves; `next` is the `after` of the page behind
    it."""

    as_of: InstantText
    total: int
    items: list[PersonReported]
    next: str | None


class ListedPeople:
    """What is asked of a list before it is read: a list is counted while no transaction is open."""

    def __init__(self, reports: ProgramReports, program: str, which: PeopleFilter) -> None:
        self._program, self._which = program, which
        self._counted = reports.people(program)
        self._steps: Mapping[str, NearStep] = {}
        self._as_of = self._counted.as_of
        if which == "near":
            near = reports.near(program)
            self._steps, self._as_of = near.steps, min(near.as_of, self._as_of)

    def read(
        self,
        tx: Transaction,
        after: str,
        limit: int,
        order: PeopleOrder = "name",
        search: str = "",
    ) -> PeopleReported:
        """A page of the list, with the names of now. `tx`: of the directory. `search`: of people
        whose name has this text in it.

        Raises:
            UnknownPosition
        """
        everybody = self._counted.people
        only = None
        if search:
            ids = [person.participant_id for person in everybody]
            only = names.with_text(tx, self._program, ids, search)
        wanted = people_list.chosen(everybody, self._which, self._steps, order, only)
        page, following = people_list.page(wanted, after, limit)
        known = names.people(tx, self._program, [person.participant_id for person in page])
        return PeopleReported(
            as_of=self._as_of,
            total=len(wanted),
            items=[
                PersonReported(
                    person=people.of(known[item.participant_id]),
                    loops=item.loops,
                    kudos_received=item.received,
                    kudos_given=item.given,
                    badges=item.badges,
                    last_at=item.last_at,
                    near=_near(self._steps.get(item.participant_id)),
                )
                for item in page
            ],
            next=following,
        )


def _near(step: NearStep | None) -> NearLevel | None:
    if step is None:
        return None
    return NearLevel(
        loop_id=step.loop,
        badge=step.badge,
        name=step.name,
        level=step.level,
        have=step.have,
        need=step.need,
    )
