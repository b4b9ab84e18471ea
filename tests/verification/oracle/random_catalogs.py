"""Catalogs made up over the whole language, the same for the same seed, without a fault.

Numbers are small, so that few facts reach them; some are not whole, and some differ by less than a
millionth. Measures count the same facts in several ways, so that criteria tie.
"""

from random import Random
from typing import Any, NamedTuple

import yaml

from tests.verification.oracle.days import PERIODS, WEEKDAYS
from tests.verification.oracle.random_criteria import CriterionAuthor
from tests.verification.oracle.reading import KUDOS, MEETING, MILESTONE, QUIZ, SURVEY
from tests.verification.oracle.vocabulary import (
    CHANGES,
    KINDS,
    LISTS,
    NUMBERS,
    PEOPLE,
    TEXTS,
    VALUES,
)

Json = dict[str, Any]


class RandomCatalog(NamedTuple):
    """A catalog, and the zone of its calendar."""

    written: Json
    zone: str

    @property
    def text(self) -> str:
        """As its file says it."""
        return str(yaml.dump(self.written, Dumper=yaml.CSafeDumper, sort_keys=False))


def random_catalog(seed: int) -> RandomCatalog:
    """The catalog of a seed."""
    random = Random(seed)
    zone = random.choice(list(CHANGES)) if random.random() < 0.7 else "UTC"
    return RandomCatalog(_Author(random, zone).catalog(), zone)


class _Author:
    def __init__(self, random: Random, zone: str) -> None:
        self._random = random
        self._zone = zone
        self._around = CHANGES[zone]
        self._measures: dict[str, Json] = {}
        self._badges: dict[str, Json] = {}
        self._criteria = CriterionAuthor(random, self._measures, self._badges)

    def catalog(self) -> Json:
        """A whole catalog as its file says it."""
        written: Json = {"catalog": "random", "version": self._random.randrange(100)}
        calendar = self._calendar()
        if calendar:
            written["calendar"] = calendar
        for number in range(self._random.randint(4, 8)):
            self._measures[f"measure-{number}"] = self._measure()
        for number in range(self._random.randint(3, 7)):
            name = f"badge-{number}"
            self._badges[name] = self._badge(name)
        for kind in KINDS:
            self._badges[kind] = self._kudos(kind)
        if self._chance(0.5):
            self._badges["each"] = self._repeatable()
        written |= {"measures": self._measures, "badges": self._badges}
        if self._chance(0.2):
            written["include"] = ["mentorloop"]
        if self._chance(0.4):
            written["renamed"] = self._renamed()
        if self._chance(0.5):
            rule = {"event": SURVEY, **self._maybe_where(SURVEY, 0.7)}
            written["effects"] = {"invite": {"kudos_invited": rule}}
        return written

    def _calendar(self) -> Json:
        begins = {
            "week_begins": self._one_of(WEEKDAYS),
            "year_begins": self._one_of(["01-01", "03-29", "09-01", "12-31", self._around[5:]]),
        }
        zone = {} if self._zone == "UTC" else {"zone": self._zone}
        return {**zone, **{name: begins[name] for name in begins if self._chance(0.5)}}

    def _renamed(self) -> Json:
        """Former names of some badges, of some of their levels, or of both."""
        renamed: Json = {}
        for name in self._random.sample(list(self._badges), 2):
            olds = [f"once-{name}", [f"first-{name}", f"then-{name}"]]
            levels = list(self._badges[name].get("levels", ()))
            renamed[name] = self._one_of(olds)
            if levels:
                level = self._one_of(levels)
                former: Json = {level: self._one_of([f"once-{level}", [f"first-{level}", "iron"]])}
                both = [f"once-{name}", former]
                renamed[name] = self._one_of([renamed[name], former, both])
        return renamed

    def _measure(self) -> Json:
        event = self._random.choices(list(TEXTS), [8, 5, 2, 2, 4])[0]
        who = self._who(event)
        return {
            "event": event,
            "who": who,
            **self._maybe_where(event, 0.4),
            "aggregate": self._aggregate(event, who),
        }

    def _who(self, event: str) -> str | Json:
        fields = PEOPLE[event]
        if self._chance(0.7):
            return str(self._one_of(fields))
        union: Json = {"any_of": self._random.sample(fields, self._random.randint(1, len(fields)))}
        if self._chance(0.6):
            union["none_of"] = [self._one_of(fields)]
        return union

    def _aggregate(self, event: str, who: str | Json) -> str | Json:
        kind = self._one_of(["simple", "groups", "groups", "streak", "streak"])
        if kind == "simple":
            return self._simple(event, who)
        periods = [*PERIODS, "day", "week"]
        by = self._one_of(periods)
        if kind == "groups" and self._chance(0.4):
            by = self._one_of([*TEXTS[event], *LISTS.get(event, ())])
        option: Json = {"by": by}
        if self._chance(0.5):
            option["of"] = self._simple(event, None)
        if self._chance(0.5):
            option["each"] = self._one_of([1, 2, 2, 3, 0.5, 1.0000004])
        return {kind: option}

    def _simple(self, event: str, who: str | Json | None) -> str | Json:
        """Count, sum or distinct; `who`: None inside `of`, where nobody is left out."""
        kind = self._one_of(["count", "sum", "distinct", "others"])
        if kind == "sum" and event in NUMBERS:
            return {"sum": NUMBERS[event]}
        if kind == "others" and who in LISTS.get(event, ()):
            return {"distinct": {"field": who, "others": True}}
        if kind in ("distinct", "others"):
            fields = [*TEXTS[event], *LISTS.get(event, ())]
            fields += [NUMBERS[event]] if event in NUMBERS else []
            return {"distinct": self._one_of(fields)}
        return "count"

    def _maybe_where(self, event: str, chance: float) -> Json:
        if not self._chance(chance):
            return {}
        where: Json = {}
        if self._chance(0.5):
            field = self._one_of(TEXTS[event])
            where[field] = self._text_test(field)
        if event in NUMBERS and self._chance(0.4):
            where[NUMBERS[event]] = self._number_test(NUMBERS[event])
        if event in LISTS and self._chance(0.4):
            size = self._one_of(
                [{"at_least": 2}, {"at_most": 2}, {"equals": 1}, {"one_of": [1, 3]}]
            )
            where[self._one_of(LISTS[event])] = {"size": size}
        if self._chance(0.5) or not where:
            where["time"] = self._time_test()
        return {"where": where}

    def _text_test(self, field: str) -> Json:
        known = VALUES[field]
        if self._chance(0.5):
            return {"equals": self._one_of(known)}
        return {"one_of": self._random.sample(known, 2)}

    def _number_test(self, field: str) -> Json:
        known = VALUES[field]
        if self._chance(0.3):
            return {"one_of": self._random.sample(known, 2)}
        test = self._one_of(["equals", "at_least", "at_most"])
        return {test: self._one_of(known)}

    def _time_test(self) -> Json:
        around = self._around
        tests: Json = {
            "from": self._one_of([around, f"{around}T00:00:00Z", f"{around}T02:30:00.5-05:00"]),
            "until": self._one_of([around, f"{around}T12:00:00Z", "2026-05-30"]),
            "weekday": self._random.sample(WEEKDAYS, self._random.randint(2, 6)),
            "hours": self._one_of(["22:00-02:00", "00:00-12:00", "12:00-00:00", "23:59-23:58"]),
            "date": around[5:],
        }
        chosen = self._random.sample(list(tests), self._one_of([1, 1, 2]))
        return {name: tests[name] for name in tests if name in chosen}

    def _badge(self, name: str) -> Json:
        scope = self._one_of(["loop", "loop", "program"])
        shown = {"name": name.title(), "description": f"Made up as {name}"}
        if scope == "program" or self._chance(0.3):
            shown["scope"] = scope
        if self._chance(0.2):
            shown["category"] = self._one_of(["track", "achievement", "kudos", "Event badge"])
        if self._chance(0.4):
            return {**shown, "levels": self._criteria.levels(scope)}
        return {**shown, "criterion": self._criteria.criterion(scope)}

    def _kudos(self, kind: str) -> Json:
        where: Json = {"kind": {"equals": kind}}
        if self._chance(0.3):
            where["time"] = self._time_test()
        return self._repeated(kind, {"event": KUDOS, "who": "recipient_id", "where": where})

    def _repeatable(self) -> Json:
        """Every fact an award: also of a fact that may have no loop."""
        event = self._one_of([MEETING, SURVEY, QUIZ, MILESTONE])
        who: str | Json = "participant_id" if event in (QUIZ, MILESTONE) else self._who(event)
        return self._repeated("each", {"event": event, "who": who, **self._maybe_where(event, 0.6)})

    def _repeated(self, name: str, rule: Json) -> Json:
        return {"name": name.title(), "description": f"Made up as {name}", "repeatable": rule}

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one_of(self, choices: Any) -> Any:
        return self._random.choice(list(choices))
