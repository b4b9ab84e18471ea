"""What the answers about cases of a program share, read once for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from directory import names
from directory.names import DirectoryPerson
from engine.catalog.model import Catalog
from engine.catalog.policy import Policy
from events.instants import Instant, from_datetime
from governance.cases import rules_in_force
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.rules import deadlines
from governance.rules.deadlines import Deadlines
from governance.store import people as officers
from web.policy.committee_access import CommitteeStanding
from web.views import people
from web.views.committee.cases import MatterShown
from web.views.people import Person


@dataclass(frozen=True, slots=True)
class Docket:
    """A sitting about one program. `today`: where the program is; `standing`: of who asks."""

    sitting: Sitting
    program: str
    rules: CommitteeRules
    today: date
    standing: CommitteeStanding

    @classmethod
    def of(
        cls, sitting: Sitting, program: str, participant: str | None, coordinates: bool
    ) -> "Docket":
        """That of somebody who asks, by their roles at the platform and in governance.

        Raises:
            CatalogAltered, PolicyAltered
        """
        rules = rules_in_force.in_force(sitting, program)
        today = deadlines.day_of(rules.calendar, sitting.now)
        officer = None if participant is None else officers.of(sitting.tx, program, participant)
        parts = officer.roles if officer is not None else frozenset()
        running = officer is not None and (
            officer.term_until is None or today <= officer.term_until
        )
        standing = CommitteeStanding(participant, coordinates, parts if running else frozenset())
        return cls(sitting, program, rules, today, standing)

    @classmethod
    def under(
        cls, sitting: Sitting, program: str, participant: str, catalog: Catalog, policy: Policy
    ) -> "Docket":
        """That of somebody who asks about themselves, by a catalog and a policy that were read
        already."""
        rules = CommitteeRules(catalog, policy, Deadlines.of(policy.governance))
        today = deadlines.day_of(rules.calendar, sitting.now)
        return cls(sitting, program, rules, today, CommitteeStanding(participant, False))

    @property
    def as_of(self) -> Instant:
        """Now, as facts have it."""
        return from_datetime(self.sitting.now)

    def known(self, *ids: str | None) -> "NamedPeople":
        """What these people are called. One statement."""
        wanted = {name for name in ids if name is not None}
        return NamedPeople(names.people(self.sitting.tx, self.program, wanted))

    def stage(self, about: str) -> str:
        """The name of the stage with a badge; a waiver's own."""
        stages = (one.name for one in self.rules.policy.stages if one.badge == about)
        return next(stages, about)

    def matter(self, about: str) -> MatterShown:
        """What a case asks, in words."""
        is_stage = any(stage.badge == about for stage in self.rules.policy.stages)
        badge = self.rules.catalog.badge.get(about)
        spoken = about.replace("-", " ").replace("_", " ")
        return MatterShown(
            about=about,
            name=badge.title if badge is not None else spoken[:1].upper() + spoken[1:],
            badge=about if is_stage else None,
            artwork=about if is_stage else None,
            waiver=not is_stage,
        )


@dataclass(frozen=True, slots=True)
class NamedPeople:
    """People by id, as an answer names them."""

    by_id: Mapping[str, DirectoryPerson]

    def person(self, participant: str) -> Person:
        """Somebody who was asked for."""
        return people.of(self.by_id[participant])


def instant(moment: datetime | None) -> Instant | None:
    """A moment of governance's tables as answers have it."""
    return None if moment is None else from_datetime(moment)
