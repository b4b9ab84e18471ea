"""`governance:` and `watch:`, the numbers that a committee and its early warnings go by.

What stands here is the shape of each: the engine itself reads none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.catalog.policy import LEVELS
from engine.catalog.policy_source.stages import MOST_APPROVERS
from engine.rules.source import Node


class Shape(Protocol):
    """What a value may be."""

    def read(self, node: Node, what: str) -> object:
        """The value as JSON; faults are reported, with what it is called."""

    def schema(self) -> dict[str, object]:
        """The same as JSON Schema."""


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    least: int = 0
    most: int | None = None

    def read(self, node: Node, what: str) -> int:
        return node.whole(what, self.least, self.most)

    def schema(self) -> dict[str, object]:
        most = {} if self.most is None else {"maximum": self.most}
        return {"type": "integer", "minimum": self.least, **most}


@dataclass(frozen=True)
class Number:
    """A number from 0 to `most`."""

    most: float | None = None

    def read(self, node: Node, what: str) -> float:
        number = float(node.number(what))
        if number < 0 or (self.most is not None and number > self.most):
            limits = "of 0 or more" if self.most is None else f"from 0 to {self.most:g}"
            node.fault(f"{what} must be a number {limits}")
        return number

    def schema(self) -> dict[str, object]:
        most = {} if self.most is None else {"maximum": self.most}
        return {"type": "number", "minimum": 0, **most}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def read(self, node: Node, what: str) -> bool:
        if not isinstance(node.value, bool):
            node.fault(f"{what} must be true or false")
        return node.value is True

    def schema(self) -> dict[str, object]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Texts:
    """A list of texts, each of them once."""

    def read(self, node: Node, what: str) -> list[str]:
        texts = [entry.text(f"an entry of {what}") for entry in node.sequence(what)]
        if len(set(texts)) < len(texts):
            node.fault(f"{what} names something twice")
        return texts

    def schema(self) -> dict[str, object]:
        text = {"type": "string", "minLength": 1}
        return {"type": "array", "minItems": 1, "uniqueItems": True, "items": text}


@dataclass(frozen=True)
class FromTo:
    """From how many to how many: two whole numbers, the first no larger than the second."""

    def read(self, node: Node, what: str) -> list[int]:
        entries = node.value if isinstance(node.value, list) else []
        if len(entries) != 2:
            node.fault(f"{what} must be from how many to how many: write `[5, 9]`")
            return []
        low, high = (entry.whole(f"a number of {what}", least=1) for entry in entries)
        if low > high:
            node.fault(f"{what}: the first number may not be larger than the second")
        return [low, high]

    def schema(self) -> dict[str, object]:
        whole = {"type": "integer", "minimum": 1}
        return {"type": "array", "minItems": 2, "maxItems": 2, "items": whole}


@dataclass(frozen=True)
class Section:
    """A mapping, of which any key may be left out."""

    keys: Mapping[str, Shape]

    def read(self, node: Node, what: str) -> dict[str, Any]:
        entries = node.mapping(what, self.keys)
        return {
            key: self.keys[key].read(entry, f"{key} of {what}")
            for key, entry in entries.items()
            if key in self.keys
        }

    def schema(self) -> dict[str, object]:
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {key: shape.schema() for key, shape in self.keys.items()},
        }


_SOME = Whole(least=1)
_ANY = Whole()
_PART = Number(most=1)
_FEWEST = 3  # of fewer reviews, what one reviewer wrote could be seen in the mean

_GOVERNANCE = Section(
    {
        "committee": Section(
            {
                "members": FromTo(),
                "term_months": _SOME,
                "terms": _SOME,
                "quorum": _SOME,
                "approvers": Whole(least=1, most=MOST_APPROVERS),
            }
        ),
        "deadlines_days": Section(
            {
                "acknowledge": _SOME,
                "panel": _SOME,
                "decide": _SOME,
                "appeal_within": _SOME,
                "settle_appeal": _SOME,
                "renewal_opens": _SOME,
                "grace": _ANY,
            }
        ),
        "settle_hours": _ANY,
        "panel": Section(
            {
                "seats": Whole(least=_FEWEST, most=9),
                "alternates": _ANY,
                "cap_per_quarter": _SOME,
                "outsiders": _ANY,
                "spread": Number(most=LEVELS - 1),
                "adjudicators": _ANY,
                "k": Whole(least=_FEWEST),
                "rest_days": _ANY,
            }
        ),
        "conflict": Section(
            {
                "shared_loop_days": _ANY,
                "pairing_days": _ANY,
                "reviewed_days": _ANY,
                "same_employer": Flag(),
                "declared": Flag(),
            }
        ),
        "calibration": Section(
            {
                "every_days": _SOME,
                "anchors": _SOME,
                "raters_at_least": Whole(least=2),
                "alpha_good": _PART,
                "alpha_poor": _PART,
                "bias": Number(),
                "valid_days": _SOME,
            }
        ),
        "fairness": Section(
            {"by": Texts(), "k": _SOME, "ratio": _PART, "p": _PART, "every_days": _SOME}
        ),
        "audit": Section({"share": _PART, "at_least": _ANY, "every_days": _SOME}),
        "bench": Section(
            {"seats": _SOME, "term_months": _SOME, "new_share": _PART, "rest_terms": _ANY}
        ),
        "pairing": Section({"cap_per_senior": _SOME}),
    }
)
_WATCH = Section(
    {
        "silent_days": _SOME,
        "late_in_a_row": _SOME,
        "flat_assessments": _SOME,
        "low_row": Whole(most=LEVELS - 1),
    }
)

GOVERNANCE_SCHEMA = _GOVERNANCE.schema()
WATCH_SCHEMA = _WATCH.schema()


def governance(node: Node) -> dict[str, Any]:
    """Read `governance: {…}` as JSON values."""
    return _GOVERNANCE.read(node, "governance")


def watch(node: Node) -> dict[str, Any]:
    """Read `watch: {…}` as JSON values."""
    return _WATCH.read(node, "watch")
