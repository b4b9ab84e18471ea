"""What is looked at of mentors' public pages and of policies: M1 a link is seen once it is checked
and agreed to · M2 a link leads where it says, by https · M3 numbers are coarse, and of at least
five learners · M4 another threshold is judged as a policy with it would · M5 nothing that differs
between two policies is left out.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from engine.catalog.loader import parse
from engine.queries.eligibility import Question
from engine.rules.criteria.all_of import AllOf
from engine.rules.criteria.at_least import AtLeast
from events.instants import parse_instant
from governance.rules.mentors import aggregates, links
from governance.rules.policies import differences, thresholds
from governance.rules.policies.thresholds import OtherThreshold
from replay.build.preview import PreviewIntake
from tests.support import mentors
from tests.support.given import LATEST
from tests.verification.checker.verdict import Violation

SCENARIO = "mentors"
_AS_OF = parse_instant("2026-02-23T22:00:00Z")
_BAD = ("http://work.example/", "https://you@work.example/", "https://localhost/", "javascript:1")
_MILLION = 1_000_000


def violations() -> list[Violation]:
    """What is wrong; nothing without a defect."""
    checks = {"M1": _seen, "M2": _addresses, "M3": _numbers, "M4": _thresholds, "M5": _differing}
    return [Violation(name, text) for name, check in checks.items() for text in check()]


def _seen() -> Iterator[str]:
    for state, learner, agreed in product(links.LINK_STATES, (None, "lee"), ((), ("one",))):
        wanted = state == "accepted" and (learner is None or bool(agreed))
        if links.is_shown(state, "one", learner, agreed) != wanted:
            yield f"a link that is {state}, of {learner}, agreed {agreed}"


def _addresses() -> Iterator[str]:
    yield from (address for address in _BAD if links.wrong_in("A title", address) != "address")


def _numbers() -> Iterator[str]:
    of = {f"l{n}": (n * _MILLION, 1) for n in range(7)}
    for count in range(8):
        some = dict(list(of.items())[:count])
        shown = aggregates.rounded(some, aggregates.HALF)
        if (shown is not None) != (count >= 5):
            yield f"of {count} learners there is {shown}"
        elif shown is not None and (shown.learners != 5 or shown.value % aggregates.HALF):
            yield f"of {count} learners it is {shown}"


def _thresholds() -> Iterator[str]:
    catalog = parse(mentors.CATALOG)
    intake = PreviewIntake(catalog, LATEST)
    for record in mentors.history(3):
        intake.process(record)
    for line in thresholds.lines(catalog.policy):
        if len(line.path) != 1 or line.renewal:
            continue
        sample = None if line.asked.sample is None else line.asked.sample + 1
        for number in (line.asked.number / 2, line.asked.number, line.asked.number * 2):
            other = OtherThreshold(number, sample)
            given = line.stage.given
            assert isinstance(given, AllOf)
            asked = AtLeast(line.asked.measure, number, sample, line.asked.in_last)
            parts = (*given.parts[: line.path[0]], asked, *given.parts[line.path[0] + 1 :])
            stage = replace(line.stage, given=AllOf(parts))
            stages = tuple(stage if s.name == stage.name else s for s in catalog.policy.stages)
            changed = replace(catalog.policy, stages=stages)
            now = intake.eligible(Question(catalog, catalog.policy, _AS_OF, stage.name))
            then = intake.eligible(Question(catalog, changed, _AS_OF, stage.name))
            for one, expected in zip(list(now), list(then), strict=True):
                at = expected.root.parts[line.path[0]]  # type: ignore[union-attr]
                here = one.root.parts[line.path[0]]  # type: ignore[union-attr]
                if thresholds.met_under(here, (), other) != at.met:
                    yield f"{line.address} at {number} of {one.participant_id}"
                if thresholds.met_under(one.root, line.path, other) != expected.met:
                    yield f"{line.address} at {number} for {one.participant_id}, in all"


def _differing() -> Iterator[str]:
    policy = parse(mentors.CATALOG).policy
    stage = next(each for each in policy.stages if isinstance(each.given, AllOf))
    assert isinstance(stage.given, AllOf)
    for gone in range(len(stage.given.parts)):
        parts = tuple(part for n, part in enumerate(stage.given.parts) if n != gone)
        fewer = replace(stage, given=AllOf(parts))
        other = replace(
            policy, stages=tuple(fewer if s.name == stage.name else s for s in policy.stages)
        )
        if len(differences.of_policies(policy, other)) != 1:
            yield f"line {gone} that is gone"
        if len(differences.of_policies(other, policy)) != 1:
            yield f"line {gone} that is new"
