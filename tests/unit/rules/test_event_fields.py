"""What a rule may read of the events that mentors are recognised for."""

from engine.rules.event_fields import fields, lacking
from tests.unit.contract.samples import (
    ASSESSED,
    CHECKPOINT,
    DATA,
    DECISION,
    REVIEW,
    SURVEY,
    TESTIMONIAL,
)


def test_rules_read_text_numbers_and_lists_and_nothing_else() -> None:
    unread = {name: set(DATA[name]) - set(fields(name)) for name in DATA if fields(name)}
    assert {name: left for name, left in unread.items() if left} == {
        "mentoring.kudos.given.v1": {"message"},
        REVIEW: {"ratings"},
        TESTIMONIAL: {"narrative"},
        DECISION: {"as_of"},
    }
    assert "no rule reads it" in lacking(DECISION, "as_of")
    assert "is private" in lacking(TESTIMONIAL, "sealed_narrative")


def test_fields_have_the_shapes_that_conditions_and_aggregates_ask_for() -> None:
    approvers = fields(DECISION)["approver_ids"]
    assert (approvers.shape, approvers.people, approvers.least, approvers.most) == (
        "list", True, 1, 9,
    )  # fmt: skip
    assert fields(DECISION)["case"].shape == fields(DECISION)["pack"].shape == "text"
    assert fields(DECISION)["outcome"].choices == {"granted", "renewed", "declined"}
    total = fields(ASSESSED)["total"]
    assert (total.shape, total.least, total.most, total.whole) == ("number", 0, 24, True)
    assert fields(CHECKPOINT)["due_on"].shape == "text"
    assert fields(SURVEY)["respondent_role"].choices == {"mentor", "mentee"}
    assert "loop_id" not in fields(REVIEW)
    assert "author_id" in fields(TESTIMONIAL)
    assert not fields(TESTIMONIAL)["author_id"].people
