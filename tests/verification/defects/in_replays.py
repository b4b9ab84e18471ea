"""Defects of replays: what a cutover, a rollback or a release writes and publishes."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_APPLY = "replay.switch.apply"


def _defect(name: str, what: str, caught_by: str, *edits: Edit) -> Defect:
    level, scenario = DefectLevel.DATABASE, "rules_change_and_back"
    return Defect(name, what, (caught_by,), edits, level, scenario)


DEFECTS = (
    _defect(
        "replay-revokes-without-a-message",
        "what a cutover takes away is not published, though nobody asked for silence",
        "I1",
        Edit(
            f"{_APPLY}:Switch._change",
            "changes.announcements.append(Announcement(now, self._cause))",
            "pass",
        ),
    ),
    _defect(
        "replay-gains-without-a-message",
        "what a cutover gives is not published, though nobody asked for silence",
        "I1",
        Edit(
            f"{_APPLY}:Switch._change",
            "changes.announcements.append(Announcement(now))",
            "pass",
        ),
    ),
    _defect(
        "replay-dated-otherwise",
        "revocations of a replay carry another time than that of the switch",
        "I1",
        Edit(
            f"{_APPLY}:Switch.__init__",
            "Recomputed(time)",
            'Recomputed(Instant("2026-01-01T00:00:00.000000Z"))',
        ),
    ),
    _defect(
        "silent-gain-published",
        "a gain is published that was to be silent",
        "I1",
        Edit(f"{_APPLY}:Switch._change", 'quiet or rule.gained == "silent"', "quiet"),
    ),
    _defect(
        "kept-award-revoked",
        "an award that was to be kept is revoked",
        "I1",
        Edit(f"{_APPLY}:Switch._change", 'rule.lost == "keep"', 'rule.lost == "kept"'),
    ),
    _defect(
        "keep-survives-its-rollback",
        "a kept award stands after the rollback of the cutover that kept it",
        "I1",
        Edit(
            f"{_APPLY}:ReplayDifferences.of_kind",
            "return merge(of_facts, of_decisions, key=_recipient)",
            "return of_facts",
        ),
    ),
    _defect(
        "replay-revision-stays",
        "a revocation of a replay has the revision of the award",
        "I1",
        Edit(
            f"{_APPLY}:Switch._change",
            "now = transitions.lost(prior, silent=silent)",
            "now = replace(transitions.lost(prior, silent=silent), revision=prior.revision)",
        ),
    ),
    _defect(
        "release-the-other-way-round",
        "a silent release is published, and a loud one is not",
        "I1",
        Edit("replay.switch.release:release", "if silent else", "if not silent else"),
    ),
    _defect(
        "proof-of-the-old-rule",
        "a stored proof stays one of the rule that was",
        "I4",
        Edit(f"{_APPLY}:Switch._restated", "if self._asks_otherwise(stored):", "if False:"),
    ),
)
