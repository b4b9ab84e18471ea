"""Somebody's way through the stages of a program: what they hold, and what the next one asks for.

The numbers of a checklist are those that decide whether the committee may grant a stage.
"""

from typing import Annotated, Literal

from pydantic import Field

from web.views.model import InstantText, View
from web.views.people import Person

LineKind = Literal[
    "at_least", "includes_all", "in_standing", "holds", "points", "all_of", "any_of", "some_of"
]


DayText = Annotated[str, Field(json_schema_extra={"format": "date"}, examples=["2028-04-08"])]


class StageTerm(View):
    """A time without a gap in which a stage is held: [begins, ends), and its last day where the
    program is. Both null: for good."""

    begins: InstantText
    ends: InstantText | None
    last_day: DayText | None


class StageShown(View):
    """A stage, and how somebody stands to it.

    `by_rule`: it comes by itself, without the committee; `approvers` is 0 then. `terms`: earliest
    first. `in_good_standing`: a term of this stage or of a higher one is running. `awarded_at`,
    `valid_until` and `last_day`: of the latest term. `renewal_opens`: the day from which its
    renewal may be asked for, null where nothing ends; `renewal_open`: whether that day has come.
    `kept`: an operator let them keep it, whatever the facts say.
    """

    stage: str
    badge: str
    name: str
    description: str
    artwork: str
    role: str
    opens: list[str]
    deliverables: list[str]
    checkpoints: str
    by_rule: bool
    approvers: int
    terms: list[StageTerm]
    in_good_standing: bool
    awarded_at: InstantText | None
    valid_until: InstantText | None
    last_day: DayText | None
    renewal_opens: DayText | None
    renewal_open: bool
    kept: bool


class LineShown(View):
    """A line of a checklist: a criterion that is met or open.

    `line`: its address among the facts. `of`: the measure, indicator or badge that it asks;
    `title`: the same in words; `words`: the whole line. `have`, `need`: as people read them; `have`
    null where there is nothing to compute from, or where it is `withheld`, since it would show the
    opinion of a single person. `percent`: how much of what is needed is there, 0 to 100.
    `by`: the field or the period that is counted by, and `each`: from how many facts a group of it
    counts. `sample`, `sample_needed`: of a mean, share or gain. `panels`: how many reviewed.
    `months`: how far back it looks, null for all the time before. `values`: those that are asked
    for by name, and `missing`, which of them are not there. `until`, `last_day`: to when the
    standing that is asked for lasts. `number`: how many of the `parts` are enough, null for all of
    them. `facts`: how many facts (over reviews: panels) are behind it.
    """

    line: str
    kind: LineKind
    of: str | None
    title: str
    words: str
    met: bool
    have: str | None
    need: str | None
    percent: int
    withheld: bool
    aggregate: str | None
    event: str | None
    by: str | None
    each: str | None
    sample: int | None
    sample_needed: int | None
    panels: int | None
    months: int | None
    values: list[str]
    missing: list[str]
    until: InstantText | None
    last_day: DayText | None
    number: int | None
    facts: int
    parts: "list[LineShown]"


class Checklist(View):
    """What a stage asks for, or its renewal, as of an instant. `open`: how many of the lines are
    not met."""

    stage: str
    renewal: bool
    met: bool
    open: int
    lines: list[LineShown]


class ProgressShown(View):
    """Somebody's progress as of an instant. Days are those of `zone`, where the program is.

    `stages`: lowest first; empty in a program without stages. `current`: the highest stage in good
    standing. `next`: what is asked for the stage that was asked for, or else for the next one that
    is not held; null at the top. `renewal`: what the renewal of the latest stage that ends, or has
    ended, asks for; null where nothing is to be renewed.
    """

    program_id: str
    person: Person
    as_of: InstantText
    zone: str
    stages: list[StageShown]
    current: str | None
    next: Checklist | None
    renewal: Checklist | None
