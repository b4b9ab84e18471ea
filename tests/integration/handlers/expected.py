"""The messages and awards that every commit must leave, by the oracle alone.

After every commit the oracle is asked about all records so far. What differs from its answer before
must be announced; what was announced stays as it is, until a retraction takes away something it
rests on. Nothing here comes from the engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from tests.verification.oracle.histories import NOW
from tests.verification.oracle.oracle import Json, OracleAnswer, answer, tell
from tests.verification.oracle.reading import (
    KUDOS_BADGES,
    QUIZ,
    RETRACTED,
    InputRecord,
    read,
)
from tests.verification.oracle.wire_values import OracleRefusal

Key = tuple[str, str, str, str, str]
_ORDER = ("excellence", "momentum", "mentorloop-certified", "growing-together")
_BADGES = (*_ORDER, "mentorloop-champion", *KUDOS_BADGES)
_LEVELS = ("bronze", "silver", "gold")


class Cause(NamedTuple):
    """A retraction, in the order in which the last one counts."""

    time: datetime
    type: str
    id: str


@dataclass(frozen=True)
class ExpectedAward:
    """An award as it must be stored: as it was announced or restated, with what it rests on."""

    line: Json
    facts: frozenset[Key]
    awards: frozenset[str]


class ExpectedMessage(NamedTuple):
    """What a message must contain. `time` is the award's; `why`, for a revocation, its cause's."""

    award_id: str
    revision: int
    time: str
    evidence: list[dict[str, str]]
    total: int | None
    why: Cause | None


class ExpectedCommits:
    """Follows a history under mentorloop, commit by commit."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._facts: dict[Key, InputRecord] = {}
        self._invited: set[str] = set()
        self.stored: dict[str, ExpectedAward] = {}
        self.revision: dict[str, int] = {}
        self.restated: list[str] = []
        self.invitations: list[Json] = []
        self.report: Json = {}

    def commit(self, lines: Sequence[bytes]) -> list[ExpectedMessage]:
        """The messages about awards that a commit of these lines must leave, in order."""
        self._lines += lines
        answered = self._answer(self._lines)
        facts = {r.key: r for r in self._told(self._lines)}
        causes = _retractions(lines, self._facts.keys() - facts.keys())
        self._facts, self.report = facts, answered.report
        self.invitations = [
            i for i in answered.invitations if i["invitation_id"] not in self._invited
        ]
        self._invited |= {i["invitation_id"] for i in self.invitations}
        now = {line["award_id"]: line for line in answered.awards}
        why = {name: self._cause(name, causes) for name in self.stored}
        lost = [proven for name, proven in self.stored.items() if name not in now]
        gained = [name for name in now if name not in self.stored]
        self.restated = [name for name in now if why.get(name) is not None]
        before = dict(self.stored)
        for proven in lost:
            del self.stored[proven.line["award_id"]]
        for name in gained + self.restated:
            self.stored[name] = self._proven(now[name])
        for name in [proven.line["award_id"] for proven in lost] + gained:
            self.revision[name] = self.revision.get(name, 0) + 1
        expected = [(proven.line, why[proven.line["award_id"]]) for proven in lost]
        expected += [(now[name], None) for name in gained]
        return self._in_order(expected, before)

    def _answer(self, lines: list[bytes]) -> OracleAnswer:
        return answer(lines, NOW)

    def _told(self, lines: list[bytes]) -> list[InputRecord]:
        return tell(lines, NOW).facts

    def _is_counted(self, badge: str) -> bool:
        return badge in KUDOS_BADGES

    def _rank(self, badge: str, level: str | None) -> tuple[int, int]:
        return _BADGES.index(badge), _LEVELS.index(level) if level else 0

    def _cause(self, name: str, causes: dict[Key, Cause]) -> Cause | None:
        """The last retraction of a fact that a stored proof rests on, through other awards too."""
        proven = self.stored[name]
        found = [causes[key] for key in proven.facts if key in causes]
        above = (self._cause(award, causes) for award in proven.awards)
        return max([*found, *(cause for cause in above if cause is not None)], default=None)

    def _proven(self, line: Json) -> ExpectedAward:
        awards = [e["id"] for e in line["evidence"] if e["type"] == "award"]
        facts = [self._fact(line, e) for e in line["evidence"] if e["type"] != "award"]
        return ExpectedAward(line, frozenset(facts), frozenset(awards))

    def _fact(self, line: Json, evidence: dict[str, str]) -> Key:
        """The fact an award names. For one of the program, a quiz in whatever loop, or none."""
        program, loop = line["program_id"], line["loop_id"]
        named = [
            key
            for key in self._facts
            if (key[0], key[3], key[4]) == (program, evidence["type"], evidence["id"])
        ]
        if loop is not None:
            (key,) = (key for key in named if key[1:3] == ("loop", loop))
            return key
        passed = [
            (record.time, key[2] if key[1] == "loop" else "", key)
            for key in named
            if (record := self._facts[key]).type == QUIZ
            and record.data["participant_id"] == line["recipient_id"]
            and record.data["quiz_id"] == "participant-course"
        ]
        return min(passed)[2]

    def _in_order(
        self, expected: list[tuple[Json, Cause | None]], before: dict[str, ExpectedAward]
    ) -> list[ExpectedMessage]:
        totals: dict[tuple[str, ...], int] = {}
        for proven in before.values():
            who = _counted(proven.line)
            totals[who] = totals.get(who, 0) + 1
        messages: list[ExpectedMessage] = []
        for line, why in sorted(expected, key=lambda item: self._order(*item)):
            who = _counted(line)
            totals[who] = totals.get(who, 0) + (1 if why is None else -1)
            name = line["award_id"]
            total = totals[who] if self._is_counted(line["badge"]) else None
            evidence = line["evidence"] if why is None else [{"type": RETRACTED, "id": why.id}]
            time = line["awarded_at"]
            messages.append(ExpectedMessage(name, self.revision[name], time, evidence, total, why))
        return messages

    def _order(self, line: Json, why: Cause | None) -> tuple[Any, ...]:
        return (
            *(line["recipient_id"], why is None, line["awarded_at"]),
            *self._rank(line["badge"], line["level"]),
            *(line["occurrence"], line["loop_id"] or "", line["program_id"]),
        )


def _counted(line: Json) -> tuple[str, ...]:
    return (line["program_id"], line["recipient_id"], line["badge"])


def _retractions(lines: Sequence[bytes], gone: set[Key]) -> dict[Key, Cause]:
    """By fact, the first retraction of each fact that is gone."""
    found: dict[Key, Cause] = {}
    for line in lines:
        try:
            record = read(line, NOW)
        except OracleRefusal:
            continue
        if record.type == RETRACTED and record.key in gone:
            found.setdefault(record.key, Cause(record.time, record.key[3], record.key[4]))
    return found
