"""All seeded defects, by name."""

from tests.verification.defects import (
    in_announcing,
    in_calibration,
    in_console,
    in_credentials,
    in_criteria,
    in_eligibility,
    in_fairness,
    in_fold,
    in_giving,
    in_governance,
    in_language,
    in_live,
    in_mentors,
    in_metrics,
    in_notes,
    in_notices,
    in_notifier,
    in_outcomes,
    in_panels,
    in_people,
    in_progress,
    in_projecting,
    in_proving,
    in_reading,
    in_relay,
    in_replays,
    in_sealing,
    in_sharing,
    in_store,
    in_stream,
    in_triage,
    in_web,
)
from tests.verification.defects.defect import Defect, DefectLevel

_AREAS = (
    in_reading,
    in_criteria,
    in_language,
    in_eligibility,
    in_fairness,
    in_panels,
    in_outcomes,
    in_mentors,
    in_fold,
    in_triage,
    in_projecting,
    in_proving,
    in_announcing,
    in_store,
    in_sealing,
    in_stream,
    in_relay,
    in_replays,
    in_web,
    in_giving,
    in_live,
    in_notes,
    in_notifier,
    in_people,
    in_progress,
    in_notices,
    in_console,
    in_metrics,
    in_credentials,
    in_sharing,
    in_governance,
    in_calibration,
)

ALL: tuple[Defect, ...] = tuple(defect for area in _AREAS for defect in area.DEFECTS)


def of_level(level: DefectLevel) -> list[Defect]:
    """Those of one level."""
    return [defect for defect in ALL if defect.level is level]
