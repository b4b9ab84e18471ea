"""What is to be done about what a replay changes: decided before the cutover, badge by badge."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

Gained = Literal["emit", "silent"]
Lost = Literal["revoke", "silent", "keep"]
Moved = Literal["keep", "restate"]

_ALLOWED: dict[str, tuple[str, ...]] = {
    "gained": get_args(Gained),
    "lost": get_args(Lost),
    "moved": get_args(Moved),
}


class PolicyError(Exception):
    """A policy that cannot be read."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`gained`: announced, or not. `lost`: revoked with a message, revoked silently, or kept by
    decision. `moved`: the announced dates, since when and until when, stay, or are restated in the
    store (never announced)."""

    gained: Gained = "emit"
    lost: Lost = "revoke"
    moved: Moved = "keep"


@dataclass(frozen=True, slots=True)
class SwitchPolicy:
    """One rule for all badges, and others for some."""

    rule: Rule = field(default_factory=Rule)
    badges: Mapping[str, Rule] = field(default_factory=dict)

    def of(self, badge: str) -> Rule:
        """The rule for a badge."""
        return self.badges.get(badge, self.rule)

    def as_json(self) -> dict[str, Any]:
        """As `policy` reads it."""
        badges = {name: asdict(rule) for name, rule in sorted(self.badges.items())}
        return {**asdict(self.rule), **({"badges": badges} if badges else {})}


def read(file: Path, rule: Rule) -> SwitchPolicy:
    """A policy file; what it leaves out is as in `rule`.

    Raises:
        PolicyError
    """
    try:
        value = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyError(f"{file}: cannot be read: {error}") from None
    try:
        return policy(value, rule)
    except PolicyError as error:
        raise PolicyError(f"{file}: {error}") from None


def policy(value: Any, rule: Rule | None = None) -> SwitchPolicy:
    """A policy of JSON values: gained, lost, moved, and `badges` with the same for each.

    Raises:
        PolicyError
    """
    if not isinstance(value, dict):
        raise PolicyError("a policy is a mapping of gained, lost, moved and badges")
    badges = value.get("badges") or {}
    if not isinstance(badges, dict):
        raise PolicyError("badges must map each badge to gained, lost or moved")
    whole = _rule(rule or Rule(), {k: v for k, v in value.items() if k != "badges"}, "the policy")
    return SwitchPolicy(
        whole, {str(name): _rule(whole, given, name) for name, given in badges.items()}
    )


def _rule(before: Rule, given: Any, where: str) -> Rule:
    if not isinstance(given, dict):
        raise PolicyError(f"{where}: must map gained, lost or moved to what is to be done")
    for name, choice in given.items():
        allowed = _ALLOWED.get(name)
        if allowed is None:
            raise PolicyError(f"{where}: no `{name}`; there are {', '.join(_ALLOWED)}")
        if choice not in allowed:
            raise PolicyError(f"{where}: {name} is one of {', '.join(allowed)}, not {choice!r}")
    return replace(before, **given)
