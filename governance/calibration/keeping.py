"""Coordinators keep anchors: real work, with the consent of whose it is, and nobody named in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from engine.catalog.policy import Rubric
from events.schemas.values import CONTROLS_IN_TEXT, MOST_OF_A_NARRATIVE
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rules.calibration import anchors as rules
from governance.store import anchors, log
from governance.store.anchors import Anchor, AnchorContent

_CONTROLS = re.compile(f"[{CONTROLS_IN_TEXT}]")


@dataclass(frozen=True, slots=True)
class AnchorGiven:
    """An anchor to be kept. `whose`: the participant whose work it is, empty for nobody of the
    program; `ratings`: by row, as agreed by consensus."""

    rubric: str
    title: str
    text: str
    ratings: Mapping[str, int]
    whose: str = ""


def keep(sitting: Sitting, program: str, by: str, given: AnchorGiven) -> Anchor:
    """Keep an anchor of a rubric of the program.

    Raises:
        CaseRefused: unknown-matter, as there is no such rubric; not-allowed, as a row is not rated,
            the text cannot be kept or names somebody.
    """
    rubric = rubric_of(sitting, program, given.rubric)
    _check(sitting, program, rubric, given)
    content = AnchorContent(given.title.strip(), given.text.strip(), dict(given.ratings))
    anchor = Anchor(
        str(uuid4()), program, given.rubric, given.whose.strip() or None, by, sitting.now,
        content=content,
    )  # fmt: skip
    key = anchors.key_of(sitting.tx, sitting.keys, program)
    anchors.add(sitting.tx, key, anchor)
    body = {"anchor": anchor.anchor_id, "rubric": anchor.rubric}
    log.note(sitting.tx, program, None, "anchor.kept", by, body, sitting.now)
    return anchor


def retire(sitting: Sitting, program: str, anchor_id: str, by: str) -> None:
    """Let an anchor be in no calibration that is opened from now on. Done already: nothing happens.

    Raises:
        CaseRefused: unknown-case, as there is no such anchor.
    """
    if anchors.retire(sitting.tx, program, anchor_id, sitting.now):
        body = {"anchor": anchor_id, "retired": True}
        log.note(sitting.tx, program, None, "anchor.kept", by, body, sitting.now)
        return
    if all(each.anchor_id != anchor_id for each in all_of(sitting, program)):
        raise CaseRefused("unknown-case", "There is no such anchor.")


def all_of(sitting: Sitting, program: str) -> list[Anchor]:
    """All anchors of a program, with what they were rated, by rubric. For coordinators alone."""
    key = anchors.key_of(sitting.tx, sitting.keys, program)
    return anchors.of_program(sitting.tx, key, program)


def rubric_of(sitting: Sitting, program: str, rubric: str) -> Rubric:
    """A rubric of a program, by name and version: "practice/1".

    Raises:
        CaseRefused: unknown-matter
    """
    policy = rules_in_force.in_force(sitting, program).policy
    for each in policy.rubrics:
        if each.key == rubric:
            return each
    raise CaseRefused("unknown-matter", "The program rates under no such rubric.")


def _check(sitting: Sitting, program: str, rubric: Rubric, given: AnchorGiven) -> None:
    title, text = given.title.strip(), given.text.strip()
    if not rules.rates_fully([row for row, _ in rubric.rows], given.ratings):
        raise CaseRefused("not-allowed", "Every row of the rubric needs its rating, 0 to 4.")
    if not title or not text or len(title) > rules.LONGEST_TITLE:
        raise CaseRefused(
            "not-allowed",
            f"An anchor has a title of up to {rules.LONGEST_TITLE} characters, and a text.",
        )
    if len(text) > MOST_OF_A_NARRATIVE or _CONTROLS.search(title + text):
        raise CaseRefused(
            "not-allowed",
            f"A text may have up to {MOST_OF_A_NARRATIVE} characters, and no control characters.",
        )
    named = rules.names_in(f"{title} {text}", _spoken(sitting, program))
    if named:
        raise CaseRefused(
            "not-allowed",
            f"People of the program are called {', '.join(named)}. Leave names out, then it can "
            "be kept.",
        )


def _spoken(sitting: Sitting, program: str) -> list[str]:
    rows = sitting.tx.rows(
        "SELECT display_name, given_name FROM directory.participants WHERE program = %s", program
    )
    return [name for row in rows for name in row if name]
