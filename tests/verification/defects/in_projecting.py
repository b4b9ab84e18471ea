"""Defects of places and people: what retractions take back, locks, what is decided."""

from tests.verification.defects.defect import Defect, PlayLevel
from tests.verification.defects.edit import Edit

_CHANGES = "engine.handlers.steps.decide"
_NO_DRIFT = Edit(
    "engine.awards.transitions:AwardChanges.lose",
    "if cause is None:\n            raise Drift(",
    "if cause is None:\n            return\n            raise Drift(",
)

DEFECTS = (
    Defect(
        "retraction-takes-nothing-back",
        "a retraction is noted in the ledger and changes no measure",
        ("I1", "I4"),
        (
            Edit(
                "engine.handlers.batch_transaction:_apply",
                "_split(sorted_.retracted,",
                "_split({},",
            ),
        ),
        PlayLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "retraction-without-cascade",
        "who loses a gold badge stays champion",
        ("I1",),
        (
            Edit(
                f"{_CHANGES}:AwardDecider._broken",
                'self._causes[None, "award", stored.award.id] = cause',
                "pass",
            ),
            _NO_DRIFT,
        ),
        PlayLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "broken-proof-left-standing",
        "an award goes on naming a fact that was retracted",
        ("I4",),
        (
            Edit(
                f"{_CHANGES}:AwardDecider._settle",
                "restated.append((candidate, holding))",
                "pass",
            ),
        ),
        PlayLevel.DATABASE,
        "a_proof_breaks",
    ),
    Defect(
        "restated-on-the-wire",
        "an award whose proof is put right is announced once more",
        ("I2",),
        (
            Edit(
                f"{_CHANGES}:AwardDecider._settle",
                "self.changes.restated.append(now)",
                "self.changes.restated.append(now)\n"
                "            self.changes.said.append((now, None))",
            ),
        ),
        PlayLevel.DATABASE,
        "a_proof_breaks",
    ),
    Defect(
        "revocation-without-a-revision",
        "a revocation carries the revision of the award it revokes",
        ("I1",),
        (
            Edit(
                "engine.awards.transitions:AwardChanges.lose",
                "revision=prior.revision + 1, standing=False",
                "revision=prior.revision, standing=False",
            ),
        ),
        PlayLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "revision-skipped",
        "an award that comes back skips a revision",
        ("I1",),
        (
            Edit(
                "engine.awards.transitions:AwardChanges.gain",
                "revision = prior.revision + 1",
                "revision = prior.revision + 3",
            ),
        ),
        PlayLevel.DATABASE,
        "champion_comes_and_goes",
    ),
    Defect(
        "highest-level-only",
        "of levels reached at once only the highest is awarded",
        ("I1", "I3"),
        (
            Edit(
                f"{_CHANGES}:AwardDecider._settle",
                "for h in self._in_order(candidate.after - candidate.before)",
                "for h in self._in_order(candidate.after - candidate.before)[-1:]",
            ),
        ),
        PlayLevel.DATABASE,
        "from_four_to_fifteen",
    ),
    Defect(
        "participation-not-noted",
        "nobody notes who takes part in which loop",
        ("I1",),
        (
            Edit(
                "engine.handlers.steps.people:write_participation",
                "people.take_part(tx, generation.id, joined, left)",
                "people.take_part(tx, generation.id, [], left)",
            ),
        ),
        PlayLevel.DATABASE,
        "the_quiz_comes_last",
    ),
    Defect(
        "person-not-locked",
        "people are read without being locked: two transactions miss each other's half",
        ("I1",),
        (
            Edit(
                "engine.store.projections.people:lock",
                "ORDER BY person FOR UPDATE",
                "ORDER BY person",
            ),
        ),
        PlayLevel.DATABASE,
        "quiz_and_last_meeting_in_flight",
    ),
    Defect(
        "version-of-a-place-not-checked",
        "a place is written whatever somebody else wrote there meanwhile",
        ("I4",),
        (
            Edit(
                "engine.store.projections.measures:write",
                "WHERE m.place = k.place AND m.version = k.version",
                "WHERE m.place = k.place",
            ),
        ),
        PlayLevel.DATABASE,
        "one_loop_in_flight",
    ),
    Defect(
        "measures-from-a-stale-cache",
        "a place's measures are remembered from when they were first read",
        ("I1", "I4"),
        (
            Edit(
                "engine.store.projections.measures:_row",
                "load(catalog, state)",
                "vars(_row).setdefault((program, loop), load(catalog, state))",
            ),
        ),
        PlayLevel.DATABASE,
        "one_after_the_other",
    ),
    Defect(
        "two-programs-mixed",
        "a loop is known by its id alone, whatever program it is in",
        ("I4",),
        (
            Edit(
                "engine.intake.keys:place_hash",
                'f"{program}{_JOIN}loop{_JOIN}{loop}"',
                'f"loop{_JOIN}{loop}"',
            ),
            Edit(
                "engine.store.projections.measures:_check_same", "if one != other:", "if not one:"
            ),
            Edit(
                "engine.handlers.steps.triage:_check_collision",
                "if not isinstance(stood, Fact) or",
                "if not isinstance(stood, Fact) and",
            ),
        ),
        PlayLevel.DATABASE,
        "one_loop_in_two_programs",
    ),
)
