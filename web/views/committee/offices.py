"""Who has which part in the committee of a program, as pages need it for their frame: known for a
minute at a time."""

from collections.abc import Callable, Mapping
from datetime import datetime

from governance.committee import Committee
from governance.store import people
from web.reports.kept import Kept

Parts = Mapping[str, frozenset[str]]


class KnownOffices:
    """Knows of each program who has a part in its committee; one for each process. None: there is
    no committee here."""

    def __init__(self, committee: Committee | None, now: Callable[[], datetime]) -> None:
        self._committee = committee
        self._kept: Kept[Parts] = Kept(now)

    @property
    def has_committee(self) -> bool:
        """Whether decisions are made here."""
        return self._committee is not None

    def parts(self, program: str, participant: str | None) -> frozenset[str]:
        """The parts of somebody in a program, as of at most a minute ago.

        Raises:
            DatabaseUnreachable
        """
        committee = self._committee
        if committee is None or participant is None:
            return frozenset()
        known = self._kept.get(program, lambda _: _read(committee, program))
        return known.get(participant, frozenset())


def _read(committee: Committee, program: str) -> Parts:
    with committee.sitting() as sitting:
        officers = people.all_of(sitting.tx, program)
    return {officer.participant: frozenset(officer.roles) for officer in officers}
