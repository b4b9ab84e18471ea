"""Defects of open pages: who hears of what, and for how long."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_SURFACE = DefectLevel.SURFACE

DEFECTS = (
    Defect(
        "everybody-woken",
        "a change wakes the streams of everybody",
        ("L1",),
        (
            Edit(
                "web.live.hub:Hub.publish",
                "for stream in self._streams.get(listener, ()):",
                "for stream in (s for streams in self._streams.values() for s in streams):",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "giver-not-woken",
        "who gave kudos does not hear that they have arrived",
        ("L1",),
        (Edit("web.live.changes:changes_of", "data.giver_id is not None and", "False and"),),
        _SURFACE,
    ),
    Defect(
        "stream-outlives-session",
        "a stream goes on after its session",
        ("L2",),
        (
            Edit(
                "web.live.admissions:AdmissionWatch.look",
                'if not _goes_on(stream, going_on.get(stream.admission.session or b""))',
                "if False",
            ),
        ),
        _SURFACE,
    ),
    Defect(
        "stream-outlives-token",
        "a stream goes on after its token",
        ("L2",),
        (
            Edit(
                "web.live.admissions:AdmissionWatch.look",
                "if now >= stream.admission.until",
                "if False",
            ),
        ),
        _SURFACE,
    ),
)
