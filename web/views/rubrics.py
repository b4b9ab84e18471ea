"""The rubrics of a program: what is rated, level by level, and what it counts for."""

from engine.catalog.policy import Rubric
from engine.queries import recognition
from engine.queries.recognition import RubricLine
from web.views.model import View
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


class RubricShown(View):
    """A version of a rubric. `of`: what is rated, `rated_by`: by whom, `result`: what becomes of
    the rows, null where the rubric does not say. `used_by`: what counts it."""

    rubric: str
    version: int
    of: str
    rated_by: str
    result: str | None
    rows: list[RubricRow]
    used_by: list[RubricUse]


class RubricsShown(View):
    """All rubrics that a program rates under at present."""

    items: list[RubricShown]


class UnknownRubric(Exception):
    """The program rates under no rubric of this name and version."""


def read(moment: Moment, program: str) -> list[RubricShown]:
    """The rubrics of a program, in the order of its policy.

    Raises:
        CatalogAltered
    """
    rubrics, uses = recognition.rubrics(moment.engine, program)
    return [_shown(rubric, uses) for rubric in rubrics]


def one(moment: Moment, program: str, name: str, version: str) -> RubricShown:
    """A version of a rubric.

    Raises:
        UnknownRubric, CatalogAltered
    """
    for shown in read(moment, program):
        if (shown.rubric, str(shown.version)) == (name, version):
            return shown
    raise UnknownRubric(f"{name}/{version}")


def _shown(rubric: Rubric, uses: list[RubricLine]) -> RubricShown:
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
    )
