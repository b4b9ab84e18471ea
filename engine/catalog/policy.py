"""The policy part of a catalog: what a committee asks before it decides, and what people are shown.

Nothing of it is folded and no award follows from it, so it is no part of the catalog's digest: it
has its own, and changes without a replay.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.rules.criteria.criterion import Criterion
from engine.rules.measure import Measure

LEVELS = 5
"""How many levels a row of a rubric has: they rate 0 to 4."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A badge as a stage of a program: what the committee asks for it, and what it opens.

    `given` and `renewed` are asked as of an instant, None where nobody decides, or where a renewal
    asks for no less; `approvers` is 0 where nobody decides.
    """

    name: str
    badge: str
    approvers: int
    given: Criterion | None
    renewed: Criterion | None
    role: str
    opens: tuple[str, ...]
    deliverables: tuple[str, ...]
    checkpoints: str

    def canonical(self) -> dict[str, object]:
        """As JSON values, for the policy's digest."""
        return {
            "badge": self.badge,
            "approvers": self.approvers,
            "given": self.given.canonical() if self.given else None,
            "renewed": self.renewed.canonical() if self.renewed else None,
            "role": self.role,
            "opens": list(self.opens),
            "deliverables": list(self.deliverables),
            "checkpoints": self.checkpoints,
        }


@dataclass(frozen=True, slots=True)
class Reward:
    """What those may have who hold every badge of `holding`, in good standing, and meet `also`.

    `places` and `rest_cycles` (in how many cycles after a win nobody wins) are None where they
    limit nothing.
    """

    name: str
    kind: str
    holding: tuple[str, ...]
    also: Criterion | None
    selection: str
    places: int | None
    rest_cycles: int | None
    cycle: str
    consent: bool

    def canonical(self) -> dict[str, object]:
        """As JSON values, for the policy's digest."""
        return {
            "kind": self.kind,
            "holding": list(self.holding),
            "also": self.also.canonical() if self.also else None,
            "selection": self.selection,
            "places": self.places,
            "rest_cycles": self.rest_cycles,
            "cycle": self.cycle,
            "consent": self.consent,
        }


@dataclass(frozen=True, slots=True)
class Rubric:
    """A published version of how something is rated. `rows`: each with the texts of its levels, 0
    to 4; `result`: what the rating as a whole is called, and how it follows from the rows."""

    name: str
    version: int
    of: str
    rated_by: str
    result: tuple[str, str] | None
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def key(self) -> str:
        """Its name and version, such as "practice/1"."""
        return f"{self.name}/{self.version}"

    def canonical(self) -> dict[str, object]:
        """As JSON values, for the policy's digest."""
        return {
            "of": self.of,
            "rated_by": self.rated_by,
            "result": list(self.result) if self.result else None,
            "rows": [[row, list(levels)] for row, levels in self.rows],
        }


@dataclass(frozen=True)
class Policy:
    """A whole policy. Indicators are sorted by name, stages in ascending order as in the file;
    `governance` and `watch` are JSON values. An empty one is falsy."""

    indicators: tuple[Measure, ...] = ()
    stages: tuple[Stage, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    rewards: tuple[Reward, ...] = ()
    governance: Mapping[str, Any] = field(default_factory=dict)
    watch: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        parts = (self.indicators, self.stages, self.rubrics, self.rewards)
        return any(parts) or bool(self.governance or self.watch)

    @cached_property
    def stage(self) -> dict[str, Stage]:
        """Stages by name."""
        return {stage.name: stage for stage in self.stages}

    @cached_property
    def indicator(self) -> dict[str, Measure]:
        """Indicators by name."""
        return {indicator.name: indicator for indicator in self.indicators}

    def canonical(self) -> dict[str, object]:
        """What it says, as JSON values. The order of stages counts."""
        return {
            "indicators": {of.name: of.canonical() for of in self.indicators},
            "stages": [[stage.name, stage.canonical()] for stage in self.stages],
            "rubrics": {rubric.key: rubric.canonical() for rubric in self.rubrics},
            "rewards": {reward.name: reward.canonical() for reward in self.rewards},
            "governance": self.governance,
            "watch": self.watch,
        }

    @cached_property
    def canonical_text(self) -> str:
        """What it says, as canonical JSON."""
        return json.dumps(
            self.canonical(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    @cached_property
    def digest(self) -> str:
        """Hex SHA-256 of the canonical JSON."""
        return hashlib.sha256(self.canonical_text.encode()).hexdigest()


NO_POLICY = Policy()
