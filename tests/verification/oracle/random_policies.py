"""Catalogs with a policy made up over the whole language, the same for the same seed, without a
fault: badges that are valid for some months, indicators that may fall, stages that ask for them.

Thresholds are few and small, and some are met exactly by means and shares of few facts.
"""

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.verification.oracle.judging import is_falling
from tests.verification.oracle.random_catalogs import RandomCatalog
from tests.verification.oracle.random_criteria import CriterionAuthor
from tests.verification.oracle.reading_recognition import ASSESSMENT, DECISION
from tests.verification.oracle.recognition_vocabulary import (
    CASES,
    CHANGES,
    LISTS,
    NUMBERS,
    PEOPLE_FIELDS,
    TEXTS,
    values_of,
)

Json = dict[str, Any]
MONTHS = (1, 2, 3, 6, 12, 24)


def random_policy(seed: int) -> RandomCatalog:
    """The catalog of a seed, with its policy."""
    random = Random(seed)
    zone = list(CHANGES)[seed % len(CHANGES)]
    return RandomCatalog(_PolicyAuthor(random, zone).catalog(), zone)


def another_policy(written: Json, seed: int) -> Json:
    """The same rules of awards under other stages and indicators."""
    other = _PolicyAuthor(Random(seed), written.get("calendar", {}).get("zone", "UTC"))
    return {**written, **other.policy_over(written["measures"], written["badges"])}


class _StageCriteria(CriterionAuthor):
    """Writes criteria over these measures and badges: with `indicators`, as a stage may ask."""

    def __init__(
        self,
        random: Random,
        measures: Mapping[str, Json],
        badges: Mapping[str, Json],
        indicators: Mapping[str, Json] | None = None,
    ) -> None:
        held = {name: badge for name, badge in badges.items() if "repeatable" not in badge}
        folded = {
            name: measure
            for name, measure in {**measures, **(indicators or {})}.items()
            if not is_falling(measure["aggregate"])
        }
        super().__init__(random, folded, held if indicators is None else _of_program(held))
        self._falling = {
            name: indicator
            for name, indicator in (indicators or {}).items()
            if is_falling(indicator["aggregate"])
        }
        self._standing = [
            name
            for name, badge in badges.items()
            if "repeatable" in badge or badge.get("scope") == "program"
        ]
        self._as_of = indicators is not None

    def _any(self, scope: str, depth: int) -> Json:
        if self._as_of and self._chance(0.15):
            number = min(len(self._standing), self._one_of([1, 1, 2]))
            return {"in_standing": self._random.sample(self._standing, number)}
        return super()._any(scope, depth)

    def _at_least(self) -> Json:
        if not self._as_of:
            return super()._at_least()
        if self._falling and self._chance(0.7):
            name = self._one_of(self._falling)
            ((kind, _),) = self._falling[name]["aggregate"].items()
            value = {
                "share": [0, 0.5, 0.85, 0.6666667, 0.333333, 1],
                "gain": [3, 4, 0, -1, 2.5, 0.5],
                "mean": [2.5, 3, 1, 0, 3.3333, 2.833333, 8, -1],
            }[kind]
            long: Json = {"value": self._one_of(value), "sample": self._one_of([1, 1, 1, 2, 3])}
        else:
            ((name, number),) = super()._at_least()["at_least"].items()
            long = {"value": number}
            if self._chance(0.4):
                return {"at_least": {name: number}}
        if self._chance(0.5):
            long["in_last"] = {"months": self._one_of(MONTHS)}
        return {"at_least": {name: long}}

    def _includes_all(self) -> Json:
        distinct = {
            name: (measure["event"], measure["aggregate"]["distinct"])
            for name, measure in self._measures.items()
            if isinstance(measure["aggregate"], dict) and "distinct" in measure["aggregate"]
        }
        if not distinct:
            return self._at_least()
        name = self._one_of(distinct)
        event, option = distinct[name]
        known = values_of(event, option if isinstance(option, str) else option["field"])
        return {"includes_all": {name: [self._one_of(known) for _ in range(self._one_of([1, 2]))]}}


def _of_program(badges: Mapping[str, Json]) -> dict[str, Json]:
    return {name: badge for name, badge in badges.items() if badge.get("scope") == "program"}


class _PolicyAuthor:
    def __init__(self, random: Random, zone: str) -> None:
        self._random = random
        self._zone = zone
        others = [event for event in TEXTS if event not in (ASSESSMENT, DECISION)]
        self._events = [ASSESSMENT, DECISION, *random.sample(others, 3)]

    def catalog(self) -> Json:
        """A whole catalog as its file says it."""
        written: Json = {"catalog": "random", "version": 1}
        if self._zone != "UTC":
            written["calendar"] = {"zone": self._zone}
        measures = {f"measure-{n}": self._measure() for n in range(self._random.randint(3, 5))}
        badges: Json = {}
        criteria = _StageCriteria(self._random, measures, badges)
        for number in range(self._random.randint(1, 3)):
            scope = self._one_of(["program", "program", "loop"])
            criteria = _StageCriteria(self._random, measures, badges)
            badges[f"badge-{number}"] = {**self._rule(criteria, scope), "scope": scope}
        for case in CASES:
            badges[case] = self._term(case)
        if self._chance(0.4):
            badges["each"] = {"repeatable": self._each()}
        shown = {"name": "Made up", "description": "Made up"}
        badges = {name: {**shown, **badge} for name, badge in badges.items()}
        written |= {"measures": measures, "badges": badges}
        return {**written, **self.policy_over(measures, badges)}

    def policy_over(self, measures: Json, badges: Json) -> Json:
        """Indicators and stages over these measures and badges."""
        indicators = {
            f"indicator-{n}": self._indicator() for n in range(self._random.randint(4, 6))
        }
        stages: Json = {}
        staged = [*CASES, *_of_program(badges)]
        self._random.shuffle(staged)
        for badge in staged[: self._random.randint(2, 4)]:
            asked = _StageCriteria(self._random, measures, badges, indicators)
            stages[f"stage-{badge}"] = {
                "badge": badge,
                "approvers": 2,
                "given": asked.criterion("program"),
                **({"renewed": asked.criterion("program")} if self._chance(0.5) else {}),
            }
            if len(stages) > 1 and self._chance(0.2):
                stages[f"stage-{badge}"] = {"badge": badge}
        return {"indicators": indicators, "stages": stages}

    def _rule(self, criteria: CriterionAuthor, scope: str) -> Json:
        if self._chance(0.3):
            return {"levels": criteria.levels(scope)}
        return {"criterion": criteria.criterion(scope)}

    def _term(self, case: str) -> Json:
        """A badge that every decision of a case gives; mostly for some months."""
        where: Json = {"case": {"equals": case}, "outcome": {"one_of": ["granted", "renewed"]}}
        if self._chance(0.6):
            where["approver_ids"] = {"size": {"at_least": 2}}
        rule = {"event": DECISION, "who": "participant_id", "where": where}
        months = {"valid_for": {"months": self._one_of(MONTHS)}} if self._chance(0.9) else {}
        return {**months, "repeatable": rule}

    def _each(self) -> Json:
        event = self._one_of([e for e, f in PEOPLE_FIELDS.items() if "participant_id" in f])
        return {"event": event, "who": "participant_id"}

    def _measure(self) -> Json:
        event = self._one_of(self._events)
        return {
            "event": event,
            "who": self._who(event),
            **self._maybe_where(event, 0.15),
            "aggregate": self._folded(event),
        }

    def _indicator(self) -> Json:
        kind = self._one_of(["mean", "mean", "share", "gain", "gain", "folded"])
        if kind == "folded":
            return self._measure()
        numbers = [event for event in self._events if event in NUMBERS]
        event = self._one_of({"mean": numbers, "share": self._events, "gain": [ASSESSMENT]}[kind])
        who = "mentor_ids" if event == ASSESSMENT and self._chance(0.8) else self._who(event)
        aggregate: Json = {
            "mean": lambda: {"mean": self._one_of(NUMBERS[event])},
            "share": lambda: {"share": self._tests(event)},
            "gain": self._gain,
        }[kind]()
        where = self._maybe_where(event, 0.1 if kind == "gain" else 0.2)
        return {"event": event, "who": who, **where, "aggregate": aggregate}

    def _gain(self) -> Json:
        phases = ["baseline", "interim", "final"]
        start, *ends = phases if self._chance(0.8) else self._random.sample(phases, 3)
        ends = ends[: self._random.randint(1, 2)]
        if self._chance(0.15):
            ends.append(start)  # is both, so neither
        return {
            "gain": {
                "field": self._one_of(["total", "total", "mastery"]),
                "by": self._one_of(
                    [["cohort_id", "learner_id"], ["learner_id"], ["context", "learner_id"]]
                ),
                "from": {"phase": {"equals": start}},
                "to": {"phase": {"one_of": ends}},
            }
        }

    def _folded(self, event: str) -> str | Json:
        kind = self._one_of(["simple", "simple", "groups", "streak"])
        if kind == "simple":
            return self._simple(event)
        by = self._one_of(["month", "quarter", "day", "year"])
        if kind == "groups" and self._chance(0.4):
            by = self._one_of(TEXTS[event])
        option: Json = {"by": by}
        if self._chance(0.4):
            option["of"] = self._simple(event)
        if self._chance(0.5):
            option["each"] = self._one_of([1, 2, 2, 0.5])
        return {kind: option}

    def _simple(self, event: str) -> str | Json:
        kind = self._one_of(["count", "sum", "distinct"])
        if kind == "sum" and event in NUMBERS:
            return {"sum": self._one_of(NUMBERS[event])}
        if kind == "count":
            return "count"
        return {"distinct": self._one_of([*TEXTS[event], *LISTS.get(event, ())])}

    def _who(self, event: str) -> str | Json:
        fields = PEOPLE_FIELDS[event]
        if self._chance(0.8):
            return fields[0] if self._chance(0.8) else str(self._one_of(fields))
        return {"any_of": list(fields), "none_of": [self._one_of(fields)]}

    def _maybe_where(self, event: str, chance: float) -> Json:
        return {"where": self._tests(event)} if self._chance(chance) else {}

    def _tests(self, event: str) -> Json:
        tests: Json = {}
        field = self._one_of(TEXTS[event])
        known = values_of(event, field)
        tests[field] = self._one_of(
            [
                {"equals": self._one_of(known)},
                {"one_of": self._random.sample(known, min(2, len(known)))},
            ]
        )
        if event in NUMBERS and self._chance(0.3):
            number = self._one_of(NUMBERS[event])
            test = self._one_of(["equals", "at_least", "at_most"])
            tests[number] = {test: self._one_of(values_of(event, number))}
        if event in LISTS and self._chance(0.3):
            tests[self._one_of(LISTS[event])] = {"size": {"at_least": self._one_of([1, 2])}}
        return tests

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one_of(self, choices: Any) -> Any:
        return self._random.choice(list(choices))


def events_of(written: Json) -> set[str]:
    """The types of facts that a catalog speaks of."""
    named = [*written["measures"].values(), *written["indicators"].values()]
    named += [badge["repeatable"] for badge in written["badges"].values() if "repeatable" in badge]
    return {one["event"] for one in named}
