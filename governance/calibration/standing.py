"""Who may review under a rubric, and how far its rows can be relied on, after calibrations."""

from collections.abc import Collection

from governance.committee import Sitting


def fit_to_review(
    sitting: Sitting, program: str, rubric: str, people: Collection[str]
) -> frozenset[str]:
    """Those of these people who took part in a calibration lately enough, and are not coached
    under this rubric ("practice/1"). Where the policy asks for no calibration, all of them.

    Raises:
        CatalogAltered, PolicyAltered
    """
    return frozenset(people)


def seats_more(sitting: Sitting, program: str, rubric: str) -> int:
    """How many seats a panel of this rubric gets above those of the policy: 0 or 1."""
    return 0


def unreliable_rows(sitting: Sitting, program: str, rubric: str) -> tuple[str, ...]:
    """The rows of a rubric that raters agreed on too little in its last calibration, sorted."""
    return ()


def paused(sitting: Sitting, program: str, rubric: str) -> bool:
    """Whether decisions that hang on a rubric wait: a row of it was unreliable in its last two
    calibrations."""
    return False
