"""The rubrics of a program: what is rated, level by level, and what it counts for."""

from decimal import Decimal

from engine.catalog.policy import NO_POLICY, Rubric
from engine.queries import policy_history, recognition
from engine.queries.recognition import RubricLine
from events.instants import from_datetime
from governance.calibration import holding
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.rules.calibration.agreement import AgreementBand
from governance.rules.calibration.terms import CalibrationTerms
from governance.rules.policies import differences
from governance.store import anchors, calibrations
from governance.store.anchors import Anchor
from governance.store.calibrations import Calibration
from web.views.model import InstantText, View
from web.views.moment import Moment


class RubricRow(View):
    """A row with what each rating means, from 0 to 4."""

    row: str
    levels: list[str]


class RubricUse(View):
    """A line of a stage, or of its renewal, that counts what is rated under a rubric, in words.
    `name`: of the stage's badge."""

    stage: str
    name: str
    renewal: bool
    words: str


class RubricChange(View):
    """A place where a version differs from the one before. `row`: empty where it is about the
    rubric as a whole; `level`: null where it is about a whole row."""

    row: str
    level: int | None
    before: str | None
    after: str | None


class RubricAgreed(View):
    """How far raters agreed on a row in the last calibration: alpha with its interval, null where
    nothing varied, and what that is. `raters`: how many rated."""

    row: str
    alpha: float | None
    low: float | None
    high: float | None
    band: AgreementBand


class LevelExample(View):
    """A retired anchor that was rated at a level of a row by consensus."""

    row: str
    level: int
    title: str
    text: str


class RubricShown(View):
    """A version of a rubric. `of`: what is rated, `rated_by`: by whom, `result`: what becomes of
    the rows, null where the rubric does not say. `used_by`: what counts it; `in_force`: whether the
    policy has it now; `before`: the version before it, with what differs. `agreement` and
    `examples` are empty where there is no committee, or none yet."""

    rubric: str
    version: int
    of: str
    rated_by: str
    result: str | None
    rows: list[RubricRow]
    used_by: list[RubricUse]
    in_force: bool = True
    before: int | None = None
    changes: tuple[RubricChange, ...] = ()
    agreed_on: InstantText | None = None
    agreement: tuple[RubricAgreed, ...] = ()
    examples: tuple[LevelExample, ...] = ()


class RubricsShown(View):
    """All rubrics that a program rates under at present."""

    items: list[RubricShown]


class UnknownRubric(Exception):
    """The program rates under no rubric of this name and version."""


def read(moment: Moment, program: str) -> list[RubricShown]:
    """The rubrics of a program, in the order of its policy, every version, the latest first.

    Raises:
        CatalogAltered, PolicyAltered
    """
    catalog, policy, uses = recognition.rubric_lines(moment.engine, program)
    every = policy_history.rubrics(moment.engine, catalog, policy)
    current = {rubric.key for rubric in policy.rubrics}
    earlier = {rubric.key: _before(rubric, every) for rubric in every}
    return [
        _shown(rubric, uses, in_force=rubric.key in current, before=earlier[rubric.key])
        for rubric in every
    ]


def one(moment: Moment, program: str, name: str, version: str) -> RubricShown:
    """A version of a rubric.

    Raises:
        UnknownRubric, CatalogAltered, PolicyAltered
    """
    for shown in read(moment, program):
        if (shown.rubric, str(shown.version)) == (name, version):
            return shown
    raise UnknownRubric(f"{name}/{version}")


def with_agreement(sitting: Sitting, program: str, known: list[RubricShown]) -> list[RubricShown]:
    """The same with what calibrations came to, and with examples. Two statements."""
    latest: dict[str, Calibration] = {}
    for each in calibrations.of_program(sitting.tx, program):
        if each.result is not None and each.asks == "everybody":
            latest.setdefault(each.rubric, each)
    retired = anchors.examples(sitting.tx, sitting.keys, program)
    policy = rules_in_force.in_force(sitting, program).policy if latest else NO_POLICY
    terms = holding.terms_of(policy)
    return [
        shown.model_copy(
            update={
                "examples": _examples(shown, retired),
                **_agreement(latest.get(f"{shown.rubric}/{shown.version}"), terms),
            }
        )
        for shown in known
    ]


def _agreement(held: Calibration | None, terms: CalibrationTerms) -> dict[str, object]:
    if held is None or held.result is None:
        return {}
    bands = held.result.banded(terms)
    closed = held.closed_at or held.opened_at
    return {
        "agreed_on": from_datetime(closed),
        "agreement": [
            RubricAgreed(
                row=row.row,
                alpha=_number(row.alpha),
                low=_number(row.low),
                high=_number(row.high),
                band=bands[row.row],
            )
            for row in held.result.rows
        ],
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _examples(shown: RubricShown, retired: list[Anchor]) -> list[LevelExample]:
    """The first anchor of each level of each row."""
    first: dict[tuple[str, int], LevelExample] = {}
    for anchor in retired:
        if anchor.rubric != f"{shown.rubric}/{shown.version}" or anchor.content is None:
            continue
        content = anchor.content
        for row, level in content.ratings.items():
            example = LevelExample(row=row, level=level, title=content.title, text=content.text)
            first.setdefault((row, level), example)
    return [first[key] for key in sorted(first)]


def _before(rubric: Rubric, every: list[Rubric]) -> Rubric | None:
    earlier = [one for one in every if one.name == rubric.name and one.version < rubric.version]
    return max(earlier, key=lambda one: one.version, default=None)


def _shown(
    rubric: Rubric, uses: list[RubricLine], *, in_force: bool, before: Rubric | None
) -> RubricShown:
    changes = [] if before is None else differences.of_rubrics(before, rubric)
    return RubricShown(
        rubric=rubric.name,
        version=rubric.version,
        of=rubric.of,
        rated_by=rubric.rated_by,
        result=None if rubric.result is None else rubric.result[1],
        rows=[RubricRow(row=row, levels=[*levels]) for row, levels in rubric.rows],
        used_by=[
            RubricUse(stage=use.stage, name=use.title, renewal=use.renewal, words=use.words)
            for use in uses
            if use.counts(rubric)
        ],
        in_force=in_force,
        before=None if before is None else before.version,
        changes=tuple(
            RubricChange(row=each.row, level=each.level, before=each.before, after=each.after)
            for each in changes
        ),
    )
