"""What a program asks of calibrations, by its policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

FEWEST_FOR_BIAS = 6
"""Of so many anchors at least a bias says something of who rated them."""
FALL = Decimal("0.1")
"""By more than this the agreement on a row has fallen."""


@dataclass(frozen=True, slots=True)
class CalibrationTerms:
    """How often raters calibrate, on how many anchors, with how many raters at least; from which
    alpha rows are good, and below which they are unreliable; how far off a rater may be; for how
    many days a calibration counts for who took part."""

    every_days: int = 92
    anchors: int = 8
    raters_at_least: int = 4
    alpha_good: Decimal = Decimal("0.8")
    alpha_poor: Decimal = Decimal("0.667")
    bias: Decimal = Decimal("0.5")
    valid_days: int = 365

    @classmethod
    def of(cls, governance: Mapping[str, Any]) -> "CalibrationTerms | None":
        """Those of a policy's `governance`; what it leaves out has its default. None: it asks for
        no calibration."""
        given = governance.get("calibration")
        if given is None:
            return None
        known: dict[str, Any] = {
            name: Decimal(str(value)) if isinstance(value, float) else value
            for name, value in given.items()
            if name in cls.__dataclass_fields__
        }
        for name in ("alpha_good", "alpha_poor", "bias"):
            if name in known:
                known[name] = Decimal(known[name])
        return cls(**known)
