"""The policy of a catalog, in words."""

from engine.catalog.policy import Policy, Reward, Stage
from engine.cli.console.tables import console, table
from engine.queries import wording
from engine.rules.criteria.all_of import AllOf
from engine.rules.criteria.criterion import Criterion


def show(policy: Policy) -> None:
    """Print its digest, indicators, stages and rewards."""
    out = console()
    out.print(f"policy {policy.digest}", soft_wrap=True)
    indicators = table("indicator", "asks of facts", title="Indicators")
    indicators.columns[0].no_wrap = True
    for indicator in policy.indicators:
        asks = f"{wording.aggregate(indicator)} of {wording.facts(indicator)}"
        indicators.add_row(indicator.name, f"{asks}, for its {indicator.who.words()}")
    if policy.indicators:
        out.print(indicators)
    stages = table("stage", "when", "asks for", title="Stages, in ascending order")
    for stage in policy.stages:
        for name, when, words in _of_stage(stage):
            stages.add_row(name, when, words)
        stages.add_section()
    if policy.stages:
        out.print(stages)
    rewards = table("reward", "of kind", "for", title="Rewards")
    for reward in policy.rewards:
        rewards.add_row(reward.name, reward.kind, _of_reward(reward))
    if policy.rewards:
        out.print(rewards)
    if policy.rubrics:
        out.print(f"rubrics: {', '.join(rubric.key for rubric in policy.rubrics)}")


def _of_stage(stage: Stage) -> list[tuple[str, str, str]]:
    if stage.given is None:
        return [(stage.name, "by rule", f"the badge {stage.badge}")]
    lines = [(stage.name, f"given by {stage.approvers}", _words(stage.given))]
    if stage.renewed is not None:
        lines.append(("", f"renewed by {stage.approvers}", _words(stage.renewed)))
    return lines


def _of_reward(reward: Reward) -> str:
    also = f", also {reward.also.words()}" if reward.also else ""
    places = f" of {reward.places} places" if reward.places else ""
    chosen = {"all": "everybody", "lottery": "by lot", "committee": "by the committee"}
    each = f"{chosen[reward.selection]}{places}, each {reward.cycle}"
    return f"{' and '.join(reward.holding)} in good standing{also}; {each}"


def _words(criterion: Criterion) -> str:
    """A line for each part of what is asked for together."""
    parts = criterion.parts if isinstance(criterion, AllOf) else (criterion,)
    return "\n".join(part.words() for part in parts)
