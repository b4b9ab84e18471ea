"""Reads anchors: for raters one after the other, without what they were agreed to be; for
coordinators all, with it."""

from engine.catalog.policy import Rubric
from governance.calibration import holding, keeping
from governance.calibration.rating import RaterSheet
from governance.store import calibrations
from governance.store.anchors import Anchor
from web.views.committee.docket import Docket, NamedPeople, instant
from web.views.panels.calibrations import (
    AnchorKept,
    AnchorsShown,
    AnchorStep,
    AnchorToRate,
    RubricAnchors,
)
from web.views.rubrics import RubricRow


def to_rate(sheet: RaterSheet, number: int) -> AnchorToRate | None:
    """The anchor of a number, 1 for the first; None: there is none."""
    if not 1 <= number <= len(sheet.anchors):
        return None
    anchor = sheet.anchors[number - 1]
    assert anchor.content is not None, "an erased one is not rated"
    given = sheet.given.get(anchor.anchor_id)
    return AnchorToRate(
        calibration_id=sheet.calibration.calibration_id,
        rubric=sheet.rubric.name,
        version=sheet.rubric.version,
        due_on=sheet.calibration.due_on.isoformat(),
        may_change=sheet.calibration.state == "open",
        number=number,
        title=anchor.content.title,
        text=anchor.content.text,
        rows=_rows(sheet.rubric),
        given=None if given is None else dict(given),
        steps=[
            AnchorStep(
                number=place,
                title=each.content.title if each.content is not None else "",
                rated=each.anchor_id in sheet.given,
            )
            for place, each in enumerate(sheet.anchors, start=1)
        ],
    )


def next_number(sheet: RaterSheet) -> int | None:
    """The number of the first anchor that is not rated; None: all are."""
    for place, each in enumerate(sheet.anchors, start=1):
        if each.anchor_id not in sheet.given:
            return place
    return None


def kept(docket: Docket) -> AnchorsShown:
    """All anchors of a program, rubric by rubric."""
    every = keeping.all_of(docket.sitting, docket.program)
    earlier = calibrations.of_program(docket.sitting.tx, docket.program)
    uses = {each.anchor_id: sum(each.anchor_id in one.anchors for one in earlier) for each in every}
    named = docket.known(*(each.whose for each in every))
    needed = holding.terms_of(docket.rules.policy).anchors
    return AnchorsShown(
        items=[
            _of_rubric(rubric, [each for each in every if each.rubric == rubric.key], uses, named,
                       needed)
            for rubric in docket.rules.policy.rubrics
        ]
    )  # fmt: skip


def _of_rubric(
    rubric: Rubric, anchors: list[Anchor], uses: dict[str, int], named: NamedPeople, needed: int
) -> RubricAnchors:
    return RubricAnchors(
        rubric=rubric.name,
        version=rubric.version,
        of=rubric.of,
        rows=_rows(rubric),
        needed=needed,
        usable=sum(each.retired_at is None and each.content is not None for each in anchors),
        anchors=[
            AnchorKept(
                anchor_id=each.anchor_id,
                title=None if each.content is None else each.content.title,
                text=None if each.content is None else each.content.text,
                ratings=None if each.content is None else each.content.ratings,
                whose=None if each.whose is None else named.person(each.whose),
                kept_at=instant(each.kept_at) or "",
                retired=each.retired_at is not None,
                uses=uses[each.anchor_id],
            )
            for each in anchors
        ],
    )


def _rows(rubric: Rubric) -> list[RubricRow]:
    return [RubricRow(row=row, levels=[*levels]) for row, levels in rubric.rows]
