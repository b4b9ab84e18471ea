"""Criteria made up for random catalogs: over the measures and badges that there are so far."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from tests.verification.oracle.vocabulary import VALUES

Json = dict[str, Any]


class CriterionAuthor:
    """Writes criteria that have no fault. `measures` and `badges` as a catalog says them; they may
    grow."""

    def __init__(
        self, random: Random, measures: Mapping[str, Json], badges: Mapping[str, Json]
    ) -> None:
        self._random = random
        self._measures = measures
        self._badges = badges

    def levels(self, scope: str) -> Json:
        """Levels of a badge of a scope, in ascending order."""
        names = ["bronze", "silver", "gold"][: self._random.randint(1, 3)]
        if self._chance(0.5):
            measure, step = self._one_of(list(self._measures)), self._one_of([1, 1, 2, 0.5])
            return {n: {"at_least": {measure: step * (i + 1)}} for i, n in enumerate(names)}
        first = self.criterion(scope)
        levels = {names[0]: first}
        for name in names[1:]:
            first = {"all_of": [first, self.criterion(scope)]}
            levels[name] = first
        return levels

    def criterion(self, scope: str) -> Json:
        """One that a loop badge may have too: badges of the program alone do not meet it."""
        written = self._any(scope, 2)
        if scope == "loop" and self._is_of_program(written):
            return {"all_of": [written, self._at_least()]}
        return written

    def _any(self, scope: str, depth: int) -> Json:
        kinds = ["at_least", "at_least", "points", "includes_all", "holds"]
        kinds += ["all_of", "any_of", "some_of", "some_of"] if depth else []
        kind = self._one_of(kinds)
        if kind == "points":
            return self._points()
        if kind == "includes_all":
            return self._includes_all()
        if kind == "holds":
            return self._holds(scope)
        if kind == "at_least":
            return self._at_least()
        number = self._random.randint(2, 4)
        parts = [self._any(scope, depth - 1) for _ in range(number)]
        if kind == "some_of":
            return {"some_of": {"number": self._random.randint(1, number), "of": parts}}
        return {kind: parts}

    def _at_least(self) -> Json:
        number = self._one_of([1, 1, 2, 2, 3, 4, 0.5, 1.5, 2.0000004, 1.9999996])
        return {"at_least": {self._one_of(list(self._measures)): number}}

    def _points(self) -> Json:
        names = self._random.sample(list(self._measures), self._random.randint(1, 3))
        weights = {name: self._one_of([1, 2, 0.5, 1.25, 0.000001, 10]) for name in names}
        return {"points": {"at_least": self._one_of([1, 3, 5.5, 12]), "of": weights}}

    def _includes_all(self) -> Json:
        distinct = {
            name: measure["aggregate"]["distinct"]
            for name, measure in self._measures.items()
            if isinstance(measure["aggregate"], dict) and "distinct" in measure["aggregate"]
        }
        if not distinct:
            return self._at_least()
        name = self._one_of(list(distinct))
        option = distinct[name]
        known = VALUES[option if isinstance(option, str) else option["field"]]
        return {"includes_all": {name: [self._one_of(known) for _ in range(self._one_of([1, 2]))]}}

    def _holds(self, scope: str) -> Json:
        known = [
            name
            for name, badge in self._badges.items()
            if scope == "loop" or badge.get("scope") == "program"
        ]
        if not known:
            return self._at_least()
        wanted: list[str | Json] = []
        for name in self._random.sample(known, min(len(known), self._one_of([1, 1, 2]))):
            levels = list(self._badges[name].get("levels", ()))
            with_level = levels and self._chance(0.5)
            wanted.append({"badge": name, "level": self._one_of(levels)} if with_level else name)
        return {"holds": wanted}

    def _is_of_program(self, criterion: Json) -> bool:
        """Whether badges of the program alone can meet a criterion."""
        ((kind, body),) = criterion.items()
        if kind == "holds":
            names = [wanted if isinstance(wanted, str) else wanted["badge"] for wanted in body]
            return all(self._badges[name].get("scope") == "program" for name in names)
        if kind in ("all_of", "any_of", "some_of"):
            parts = body["of"] if kind == "some_of" else body
            number = {"all_of": len(parts), "any_of": 1}.get(kind) or body["number"]
            return sum(self._is_of_program(part) for part in parts) >= number
        return False

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _one_of(self, choices: Iterable[Any]) -> Any:
        return self._random.choice(list(choices))
