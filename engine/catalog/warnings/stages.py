"""Stages whose badge goes by other numbers than the committee, or that nobody can reach."""

from collections.abc import Iterator

from engine.catalog.model import Badge, Catalog
from engine.catalog.policy import Stage
from engine.catalog.warnings.allowed import allowed
from engine.rules.aggregates.mean import Mean
from engine.rules.conditions.list_size import ListSize
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.criterion import Criterion
from engine.rules.event_fields import fields
from engine.rules.number_text import number

_APPROVERS = "approver_ids"


def warnings(catalog: Catalog) -> Iterator[str]:
    """A sentence for each."""
    for stage in catalog.policy.stages:
        badge = catalog.badge[stage.badge]
        if stage.given is not None:
            yield from _of_approvers(stage, badge)
        for criterion in (stage.given, stage.renewed):
            if criterion is not None:
                for sentence in _of_means(criterion):
                    yield f"stage `{stage.name}` asks for {sentence}"
    for reward in catalog.policy.rewards:
        if reward.also is not None:
            for sentence in _of_means(reward.also):
                yield f"reward `{reward.name}` asks for {sentence}"


def _of_approvers(stage: Stage, badge: Badge) -> Iterator[str]:
    if badge.repeatable is None:
        yield (
            f"stage `{stage.name}` is given by decisions, but its badge `{badge.name}` is not "
            "repeatable over them: its rule alone awards it"
        )
        return
    field = fields(badge.repeatable.event).get(_APPROVERS)
    if field is None:
        return
    where = badge.repeatable.where
    tests = [one for one in where if isinstance(one, ListSize) and one.field == _APPROVERS]
    enough = allowed(field, tests)
    if enough.least < stage.approvers:
        yield (
            f"stage `{stage.name}` asks for {stage.approvers} approvers, but its badge "
            f"`{badge.name}` is awarded by decisions of {number(enough.least)}: write "
            f"`{_APPROVERS}: {{size: {{at_least: {stage.approvers}}}}}` in its `where`"
        )
    elif not enough.has(stage.approvers):
        yield (
            f"stage `{stage.name}` asks for {stage.approvers} approvers, but a decision of so "
            f"many does not award its badge `{badge.name}`"
        )


def _of_means(criterion: Criterion) -> Iterator[str]:
    """The means that no facts can have."""
    for part in criterion.parts:
        yield from _of_means(part)
    if isinstance(criterion, AtLeast) and isinstance(criterion.measure.aggregate, Mean):
        measure = criterion.measure
        most = fields(measure.event)[criterion.measure.aggregate.field].most
        if criterion.number > most:
            yield f"`{criterion.words()}`, but a mean of it is at most {number(most)}"
