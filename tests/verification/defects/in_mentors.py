"""Defects of mentors' public pages, and of what is said of policies."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit
from tests.verification.defects.mentors_checks import SCENARIO

_LINKS = "governance.rules.mentors.links"
_ROUNDED = "governance.rules.mentors.aggregates:rounded"


def _of(name: str, what: str, check: str, edit: Edit) -> Defect:
    return Defect(name, what, (check,), (edit,), DefectLevel.PURE, SCENARIO)


DEFECTS = (
    _of(
        "mentor-consent-overlooked",
        "a link to a learner's work is shown without their consent",
        "M1",
        Edit(f"{_LINKS}:is_shown", " and (learner is None or link_id in agreed)", ""),
    ),
    _of(
        "mentor-unchecked-link",
        "a link is shown before a coordinator looked at it",
        "M1",
        Edit(f"{_LINKS}:is_shown", 'state == "accepted"', 'state != "refused"'),
    ),
    _of(
        "mentor-insecure-link",
        "a link may lead to an address without https",
        "M2",
        Edit(f"{_LINKS}:_is_address", 'startswith("https://")', 'startswith("http")'),
    ),
    _of(
        "mentor-few-learners",
        "numbers are shown of fewer than five learners",
        "M3",
        Edit(_ROUNDED, "len(known) < LEAST_LEARNERS", "not known"),
    ),
    _of(
        "mentor-learners-counted",
        "how many learners there are is shown exactly, so that one more shows",
        "M3",
        Edit(_ROUNDED, "len(known) - len(known) % LEAST_LEARNERS", "len(known)"),
    ),
    _of(
        "policy-sample-overlooked",
        "a simulation asks for no sample",
        "M4",
        Edit(
            "governance.rules.policies.thresholds:_reached",
            "node.sample >= (other.sample or 1) and ",
            "",
        ),
    ),
    _of(
        "policy-line-lost",
        "a line that a policy has no longer is no difference",
        "M5",
        Edit(
            "governance.rules.policies.differences:_of_lines",
            "for line in gone:",
            "for line in ():",
        ),
    ),
)
