"""What proposals need to know of people: who is there, who is away, what was recorded of them."""

from collections import Counter
from dataclasses import dataclass

from engine.fact import Fact
from engine.queries import recorded
from events.schemas.stewardship_recorded import StewardshipRecorded
from events.schemas.training_completed import TrainingCompleted
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.rules import deadlines
from governance.store import pairings, people


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """`zones`: time zones as the platform describes them; `gone`: not active; `away`: on leave;
    `facts`: of stewardship and of training, in order."""

    zones: dict[str, str]
    gone: frozenset[str]
    away: frozenset[str]
    facts: tuple[Fact, ...]

    def is_there(self, participant: str) -> bool:
        """Whether somebody can be asked for something now."""
        return participant not in self.gone and participant not in self.away

    def stewardship(self, kind: str) -> list[Fact]:
        """The records of a kind of stewardship, in order."""
        return [
            fact
            for fact in self.facts
            if fact.type == StewardshipRecorded.TYPE and fact.data["kind"] == kind
        ]

    def paired(self) -> Counter[tuple[str, str]]:
        """How often two were paired, by (senior, newcomer), as recorded."""
        return Counter(
            (str(fact.data["participant_id"]), str(fact.data["about_id"]))
            for fact in self.stewardship("pairing")
            if fact.data.get("about_id") is not None
        )


def read(sitting: Sitting, rules: CommitteeRules, program: str) -> KnownPeople:
    """All of a program. Reads all of the ledger, once."""
    today = deadlines.day_of(rules.calendar, sitting.now)
    described = pairings.described(sitting.tx, program)
    types = {StewardshipRecorded.TYPE, TrainingCompleted.TYPE}
    return KnownPeople(
        {who: zone for who, (zone, _) in described.items() if zone is not None},
        frozenset(who for who, (_, active) in described.items() if not active),
        frozenset(
            each.participant for each in people.all_of(sitting.tx, program) if each.is_away(today)
        ),
        tuple(recorded.of_types(sitting.engine, program, types)),
    )
