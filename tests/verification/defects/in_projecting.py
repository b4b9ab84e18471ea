"""Defects of places and people: what retractions take back, locks, what is decided."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_VERDICTS = "engine.handlers.steps.verdicts"
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
                "engine.handlers.steps.project:project",
                "_split(triaged.retracted,",
                "_split({},",
            ),
        ),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "retraction-without-cascade",
        "who loses a gold badge stays champion",
        ("I1",),
        (
            Edit(
                f"{_VERDICTS}:_cause",
                "return causes.get(item.id)",
                "return None",
            ),
            _NO_DRIFT,
        ),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "broken-proof-left-standing",
        "an award goes on naming a fact that was retracted",
        ("I4",),
        (
            Edit(
                f"{_VERDICTS}:follow",
                "into.restate(proofs[award.id], stored[award.id], catalog_id)",
                "pass",
            ),
        ),
        DefectLevel.DATABASE,
        "a_proof_breaks",
    ),
    Defect(
        "restated-on-the-wire",
        "an award whose proof is put right is announced once more",
        ("I2",),
        (
            Edit(
                "engine.awards.transitions:AwardChanges.restate",
                "self.restated.append(restated(award, prior, catalog))",
                "self.restated.append(restated(award, prior, catalog))\n"
                "        self.announcements.append(Announcement(self.restated[-1]))",
            ),
        ),
        DefectLevel.DATABASE,
        "a_proof_breaks",
    ),
    Defect(
        "revocation-without-a-revision",
        "a revocation carries the revision of the award it revokes",
        ("I1",),
        (
            Edit(
                "engine.awards.transitions:lost",
                "next_revision(prior, standing=False)",
                "prior.revision",
            ),
        ),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "revision-skipped",
        "an award that comes back skips a revision",
        ("I1",),
        (
            Edit(
                "engine.awards.transitions:gained",
                "next_revision(prior, standing=True)",
                "next_revision(prior, standing=True) + (2 if prior else 0)",
            ),
        ),
        DefectLevel.DATABASE,
        "champion_comes_and_goes",
    ),
    Defect(
        "highest-level-only",
        "of levels reached at once only the highest is awarded",
        ("I1", "I3"),
        (
            Edit(
                f"{_VERDICTS}:differing",
                "_awards(catalog, candidate, after - before)",
                "list(_awards(catalog, candidate, after - before))[-1:]",
            ),
        ),
        DefectLevel.DATABASE,
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
        DefectLevel.DATABASE,
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
        DefectLevel.DATABASE,
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
        DefectLevel.DATABASE,
        "one_loop_in_flight",
    ),
    Defect(
        "place-not-written-when-its-state-stays",
        "a fact that changes no measure does not move its place's version",
        ("I4",),
        (
            Edit(
                "engine.handlers.steps.places:touch",
                "PlaceChange(row, after, new, True, left)",
                "PlaceChange(row, after, new, after != row.state, left)",
            ),
        ),
        DefectLevel.DATABASE,
        "same_value_and_retraction_in_flight",
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
        DefectLevel.DATABASE,
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
                "if not isinstance(fact, Fact) or",
                "if not isinstance(fact, Fact) and",
            ),
        ),
        DefectLevel.DATABASE,
        "one_loop_in_two_programs",
    ),
)
