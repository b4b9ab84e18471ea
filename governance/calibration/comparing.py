"""What raters gave is compared once a calibration has closed: with each other, and with the
anchors. Only the process and commands import this: alpha needs libraries that pages do without."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import uuid4

import msgspec

from events.schemas.stewardship_recorded import StewardshipRecorded
from governance import published
from governance.calibration import holding, keeping, rating
from governance.cases import rules_in_force
from governance.cases.moving import ITSELF
from governance.committee import Committee, Sitting
from governance.errors import CaseRefused
from governance.rules import ids, seeds
from governance.rules.calibration import alpha, raters
from governance.rules.calibration import anchors as rules
from governance.rules.calibration.agreement import AgreementHeld, RowAgreement
from governance.rules.calibration.raters import Ratings
from governance.store import anchors, calibrations, log, outbox
from governance.store.anchors import Anchor
from governance.store.calibrations import Calibration
from governance.store.outbox import CommitteeFact

Given = Mapping[str, Mapping[str, Ratings]]
"""By rater and anchor, the rating of each row."""


@dataclass(frozen=True, slots=True)
class HeldNow:
    """A calibration with its result. `coached`: how many raters are off the anchors."""

    calibration: Calibration
    result: AgreementHeld
    took_part: int
    coached: int


def hold(sitting: Sitting, program: str, calibration_id: str) -> HeldNow | None:
    """Compare what was given in a closed calibration: rows get their alpha, raters their bias, and
    who took part a record of it, all at the time of the closing. None: it is held already.

    Raises:
        CaseRefused: unknown-case; not-in-state, as it is still open.
    """
    calibration = calibrations.lock(sitting.tx, program, calibration_id)
    if calibration is None:
        raise CaseRefused("unknown-case", "There is no such calibration.")
    if calibration.state == "held":
        return None
    if calibration.state == "open":
        raise CaseRefused("not-in-state", "The calibration is still open.")
    key = anchors.key_of(sitting.tx, sitting.keys, program)
    there = anchors.by_id(sitting.tx, key, program, calibration.anchors)
    given: dict[str, dict[str, Ratings]] = {}
    for each in calibrations.ratings(sitting.tx, calibration_id):
        if each.anchor_id in there:
            opened = rating.opened(key, calibration_id, each)
            given.setdefault(each.rater, {})[each.anchor_id] = opened
    rows = [row for row, _ in keeping.rubric_of(sitting, program, calibration.rubric).rows]
    seed = seeds.seed_of(log.head(sitting.tx).head, calibration_id)
    result = compared(rows, calibration.anchors, given, seed)
    took_part, coached = _find(sitting, calibration, rows, there, given)
    calibrations.hold(sitting.tx, calibration_id, result)
    outbox.put(sitting.tx, _records(calibration, took_part), sitting.now)
    _note(sitting, calibration, result, (len(took_part), coached), seed)
    return HeldNow(calibration, result, len(took_part), coached)


def compared(
    rows: Iterable[str], anchor_ids: Iterable[str], given: Given, seed: str
) -> AgreementHeld:
    """How far raters agree, row by row. What somebody did not rate is missing, not zero."""
    ordered, columns = sorted(given), list(anchor_ids)
    agreed: list[RowAgreement] = []
    for row in rows:
        of_row = [
            [given[rater].get(anchor, {}).get(row) for anchor in columns] for rater in ordered
        ]
        agreed.append(alpha.agreement(row, of_row, seed))
    return AgreementHeld(len(ordered), tuple(agreed))


def _find(
    sitting: Sitting,
    calibration: Calibration,
    rows: list[str],
    there: Mapping[str, Anchor],
    given: Given,
) -> tuple[list[str], int]:
    """Write how far off each was who was asked; gives who took part, and how many are coached."""
    terms = holding.terms_of(rules_in_force.in_force(sitting, calibration.program).policy)
    key = anchors.key_of(sitting.tx, sitting.keys, calibration.program)
    agreed = {name: each.content.ratings for name, each in there.items() if each.content}
    whose = {name: each.whose for name, each in there.items()}
    took_part: list[str] = []
    coached = 0
    for asked in calibrations.raters(sitting.tx, [calibration.calibration_id]):
        theirs = given.get(asked.rater, {})
        wanted = rules.asked_of(asked.rater, calibration.anchors, whose)
        result = raters.result_of(rows, theirs, {name: agreed[name] for name in wanted})
        is_done = rules.took_part(wanted, theirs)
        finding = result.finding(terms)
        bound = rating.bound_to(calibration.calibration_id, asked.rater, "result")
        sealed = key.seal(msgspec.json.encode(result), bound)
        calibrations.find(
            sitting.tx, calibration.calibration_id, asked.rater, is_done, finding, sealed
        )
        coached += finding == "coached"
        if is_done:
            took_part.append(asked.rater)
    return took_part, coached


def _records(calibration: Calibration, took_part: Iterable[str]) -> list[CommitteeFact]:
    """One record for each who took part, in an order that follows from random ids alone."""
    assert calibration.closed_at is not None
    facts = []
    for rater in took_part:
        record_id = str(uuid4())
        data = {"record_id": record_id, "kind": "calibration"}
        facts.append(
            published.fact(
                calibration.program, rater, StewardshipRecorded.TYPE, record_id, data,
                calibration.closed_at, ids.stewardship_event_id(record_id),
            )
        )  # fmt: skip
    return sorted(facts, key=lambda fact: fact.fact_id)


def _note(
    sitting: Sitting,
    calibration: Calibration,
    result: AgreementHeld,
    counts: tuple[int, int],
    seed: str,
) -> None:
    took_part, coached = counts
    body = {
        "calibration": calibration.calibration_id,
        "rubric": calibration.rubric,
        "raters": result.raters,
        "took_part": took_part,
        "coached": coached,
        "alphas": {row.row: None if row.alpha is None else str(row.alpha) for row in result.rows},
        "seed": seed,
    }
    log.note(sitting.tx, calibration.program, None, "calibration.held", ITSELF, body, sitting.now)


def hold_due(committee: Committee) -> int:
    """Close calibrations whose last day has passed, and hold every one that is closed; gives how
    many were held. For the process.

    Raises:
        DatabaseUnreachable
    """
    with committee.sitting() as sitting:
        waiting = calibrations.waiting(sitting.tx)
    held = 0
    for each in waiting:
        with committee.sitting() as sitting:
            if holding.close_if_over(sitting, each):
                held += hold(sitting, each.program, each.calibration_id) is not None
    return held
