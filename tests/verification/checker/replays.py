"""Cutovers, rollbacks and releases: what each must have changed, by the facts of its instant.

The audit log says of each up to which offset of every lane the ledger was known to it. Between two
of them awards follow from facts under the rules in force; at one of them they are folded by hand
under the rules before and after. What cannot be known from outside is allowed either way: whether
facts justified a kept award for a while, and whether a rollback undoes a silent change.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.verification.checker import expected
from tests.verification.checker.catalog_rules import rules_of
from tests.verification.checker.input_log import InputLog
from tests.verification.checker.seen import Json
from tests.verification.checker.tables import IMPORTED, StoredTables, SwitchRow
from tests.verification.oracle.oracle import SHIPPED, Rules
from tests.verification.oracle.reading import InputRecord

Awards = dict[str, Json]
Cut = Mapping[int, int] | None
"""By lane of the ledger, the offset before which its rows were there; None: all of them."""


@dataclass(slots=True)
class Replays:
    """All switches of a run. Award ids throughout.

    `kept`: kept by decision at the end; `perhaps_kept`: or not. `must_hear`, `may_hear`: award and
    time of revocations as `recomputed`. `silent`, `perhaps_silent`: how many revisions of an award
    have no message. `reproved`: (program, badge) whose rule changed, so that stored proofs did.
    `touched`: whatever a switch gained, lost or kept. `digests`: of catalogs that were live.
    """

    rules: Callable[[str], Rules] = lambda _: SHIPPED
    ever: tuple[Rules, ...] = (SHIPPED,)
    kept: set[str] = field(default_factory=set)
    perhaps_kept: set[str] = field(default_factory=set)
    must_hear: set[tuple[str, str]] = field(default_factory=set)
    may_hear: set[tuple[str, str]] = field(default_factory=set)
    silent: Counter[str] = field(default_factory=Counter)
    perhaps_silent: Counter[str] = field(default_factory=Counter)
    reproved: set[tuple[str, str]] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    digests: frozenset[str] | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether there was a switch."""
        return self.digests is not None

    def hushed(self, award: str) -> bool:
        """Whether some revision of an award may have no message."""
        return award in self.silent or award in self.perhaps_silent


def replays(database: StoredTables, log: InputLog) -> Replays:
    """Go through all switches. Raises ValueError for a catalog that the oracle cannot judge."""
    if not database.switches:
        return Replays()
    run = _Run(database, log)
    for switch in database.switches:
        run.switch(switch)
    return run.end()


class _Run:
    def __init__(self, database: StoredTables, log: InputLog) -> None:
        self._log = log
        self._lanes = {row.partition: row.lane for row in database.cursors}
        self._generations = {row.id: row for row in database.generations}
        self._default = min(self._generations)
        self._under: dict[str, int] = {}  # programs that are not simply under the default
        self._kept: dict[str, int] = {}  # by which generation's cutover
        self._perhaps: dict[str, int] = {}  # the same, unless facts justified them for a while
        self._hushed: set[str] = set()  # changed silently at some switch
        first = self._generations[self._default]
        self._ever = {first.id: rules_of(first.text)}
        self._result = Replays(digests=frozenset({first.digest}))

    def switch(self, switch: SwitchRow) -> None:
        """One entry of the audit log."""
        brought_in = {self._lanes.get(IMPORTED, -1): switch.brought_in}
        cut = {lane: at - brought_in.get(lane, 0) for lane, at in switch.cursors.items()}
        before = expected.awards(self._facts(cut), self._rules())
        self._settle_kept(before, cut)
        if switch.action == "release":
            self._release(switch)
            return
        old = self._rules()
        programs = self._move(switch)
        after = expected.awards(self._facts(switch.cursors), self._rules())
        self._note_rules(old, programs)
        stood = before.keys() | self._kept.keys() | self._perhaps.keys()
        for award in sorted(after.keys() - stood):
            self._gained(switch, after[award])
        for award in sorted(before.keys() - after.keys()):
            self._lost(switch, before[award])
        for award in after.keys() & self._kept.keys():
            del self._kept[award]
        for award in after.keys() & self._perhaps.keys():
            del self._perhaps[award]
            self._result.perhaps_silent[award] += 1
            self._result.touched.add(award)
        if switch.action == "rollback":
            self._end_keeps(switch)

    def end(self) -> Replays:
        """What all of them together say of the end."""
        result, rules = self._result, self._rules()
        self._settle_kept(expected.awards(self._log.facts, rules), None)
        result.rules, result.ever = rules, tuple(dict.fromkeys(self._ever.values()))
        result.kept, result.perhaps_kept = set(self._kept), set(self._perhaps)
        return result

    def _facts(
        self, cut: Mapping[int, int] | None, *, retracted: bool = False
    ) -> list[InputRecord]:
        """The accepted facts of which the ledger has a row before a cut, less those whose
        retraction is before it unless `retracted`; without a cut all of them."""
        there = {
            key: cut is None or row.offset < cut.get(row.lane, 0)
            for key, row in self._log.kept.items()
        }
        gone = {key.fact for key, before in there.items() if key.retraction and before}
        return [
            self._log.accepted[key.fact].told
            for key, before in there.items()
            if before
            and not key.retraction
            and (retracted or key.fact not in gone)
            and key.fact in self._log.accepted
        ]

    def _rules(self) -> Callable[[str], Rules]:
        under, default = dict(self._under), self._default
        rules = {number: rules_of(row.text) for number, row in self._generations.items()}
        return lambda program: rules[under.get(program, default)]

    def _move(self, switch: SwitchRow) -> set[str] | None:
        """Put programs under the generations of a switch; those that are named, None for all."""
        numbers = switch.to if switch.action == "rollback" else (switch.generation,)
        named: set[str] = set()
        for number in numbers:
            row = self._generations[number]
            self._ever[number] = rules_of(row.text)
            digests = self._result.digests or frozenset()
            self._result.digests = digests | {row.digest}
            if row.every_program:
                self._under.clear()
                self._default = number
                return None
            if row.default:
                self._default = number
            self._under.update(dict.fromkeys(row.programs, number))
            named |= row.programs
        return named

    def _note_rules(self, old: Callable[[str], Rules], programs: set[str] | None) -> None:
        new = self._rules()
        for program in {fact.key[0] for fact in self._log.ever}:
            for badge, numbers in new(program)._asdict().items():
                if numbers != getattr(old(program), badge):
                    self._result.reproved.add((program, badge))

    def _gained(self, switch: SwitchRow, line: Json) -> None:
        award = str(line["award_id"])
        self._result.touched.add(award)
        if self._policy(switch, line, "gained", "emit") == "silent":
            self._silence(award)
        elif switch.action == "rollback" and award in self._hushed:
            self._result.perhaps_silent[award] += 1

    def _lost(self, switch: SwitchRow, line: Json) -> None:
        award, policy = str(line["award_id"]), self._policy(switch, line, "lost", "revoke")
        self._result.touched.add(award)
        if policy == "keep":
            self._kept[award] = switch.generation
        elif policy == "silent":
            self._silence(award)
        else:
            self._revoked(switch, award)

    def _end_keeps(self, switch: SwitchRow) -> None:
        """What the cutover of the generation that is left kept, ends."""
        for award in [a for a, by in self._kept.items() if by == switch.generation]:
            del self._kept[award]
            self._revoked(switch, award)
        for award in [a for a, by in self._perhaps.items() if by == switch.generation]:
            del self._perhaps[award]
            self._result.perhaps_silent[award] += 1
            self._result.may_hear.add((award, switch.time))

    def _revoked(self, switch: SwitchRow, award: str) -> None:
        if switch.action == "rollback" and award in self._hushed:
            self._result.perhaps_silent[award] += 1
            self._result.may_hear.add((award, switch.time))
        else:
            self._result.must_hear.add((award, switch.time))

    def _release(self, switch: SwitchRow) -> None:
        for award in switch.awards:
            if award not in self._kept and award not in self._perhaps:
                self._result.faults.append(f"award {award} was released, and no cutover kept it")
            self._result.touched.add(award)
            self._kept.pop(award, None)
            self._perhaps.pop(award, None)
            if switch.silent:
                self._silence(award)
            else:
                self._result.must_hear.add((award, switch.time))

    def _silence(self, award: str) -> None:
        self._result.silent[award] += 1
        self._hushed.add(award)

    def _policy(self, switch: SwitchRow, line: Json, kind: str, usual: str) -> str:
        if switch.action == "rollback":
            return usual
        policy = self._generations[switch.generation].policy
        of_badge = policy.get("badges", {}).get(line["badge"], {})
        return str(of_badge.get(kind, policy.get(kind, usual)))

    def _settle_kept(self, holding: Awards, cut: Cut) -> None:
        """Kept awards that facts justify are ordinary; those that facts may have justified for a
        while are perhaps kept, or were lost since."""
        if not self._kept:
            return
        once = expected.awards(self._facts(cut, retracted=True), self._rules())
        for award in list(self._kept):
            if award in holding:
                del self._kept[award]
            elif award in once:
                self._perhaps[award] = self._kept.pop(award)
