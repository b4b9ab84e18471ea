"""What a policy says of panels. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.rules.panels.closing import LEAST


@dataclass(frozen=True, slots=True)
class PanelRules:
    """The numbers of `governance.panel` and `governance.conflict`. `reviewed_days`: how long nobody
    reviews who reviewed them, `rest_days`: nor the same person again."""

    seats: int = 3
    alternates: int = 1
    cap_per_quarter: int = 3
    outsiders: int = 1
    spread: float = 2.0
    adjudicators: int = 1
    rest_days: int = 730
    reviewed_days: int = 730

    @classmethod
    def of(cls, governance: Mapping[str, Any]) -> "PanelRules | None":
        """The numbers of a policy's `governance`; None: the program has no panels. No panel has
        fewer than three seats."""
        panel = governance.get("panel")
        if panel is None:
            return None
        given = {name: panel[name] for name in cls.__dataclass_fields__ if name in panel}
        reviewed = governance.get("conflict", {}).get("reviewed_days")
        if reviewed is not None:
            given["reviewed_days"] = reviewed
        given["seats"] = max(LEAST, panel.get("k", LEAST), given.get("seats", LEAST))
        return cls(**given)

    @property
    def remembered_days(self) -> int:
        """How far back it counts who reviewed whom."""
        return max(self.rest_days, self.reviewed_days)
