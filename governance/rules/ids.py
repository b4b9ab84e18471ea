"""Names of what the committee publishes: the same case and step, the same id, for ever.

So what is published again after an outage is the same fact in the same message.
"""

from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE: UUID = uuid5(NAMESPACE_URL, "https://schemas.mentoring.example/governance")
# No id contains a control character, so the joined text takes apart in one way only.
_SEPARATOR = "\x1f"


def decision_id(case_id: str) -> str:
    """The id of the decision that a case makes."""
    return _named(case_id, "decision")


def decision_event_id(case_id: str) -> str:
    """The id of the event that publishes that decision."""
    return _named(case_id, "decision.recorded")


def retraction_event_id(case_id: str, fact_type: str, fact_id: str) -> str:
    """The id of the event with which a case retracts a fact."""
    return _named(case_id, "retracted", fact_type, fact_id)


def case_after_appeal(appeal_id: str) -> str:
    """The id of the case that an upheld appeal opens."""
    return _named(appeal_id, "again")


def appeal_case(case_id: str) -> str:
    """The id of the appeal against what a case decided: there is one at most."""
    return _named(case_id, "appeal")


def policy_input(proposal_id: str) -> str:
    """The id of the record that a proposal was accepted."""
    return _named(proposal_id, "accepted")


def policy_input_event(proposal_id: str) -> str:
    """The id of the event that publishes that record."""
    return _named(proposal_id, "stewardship.recorded")


def stewardship_event_id(record_id: str) -> str:
    """The id of the event that publishes a record of stewardship."""
    return _named(record_id, "stewardship.recorded")


def reward_id(program: str, reward: str, cycle: str, participant: str) -> str:
    """The id of a reward that somebody got: one in a cycle, however often it is granted."""
    return _named(program, "reward", reward, cycle, participant)


def reward_draw_id(program: str, reward: str, cycle: str) -> str:
    """The id of the draw of a reward's cycle: there is one."""
    return _named(program, "draw", reward, cycle)


def reward_consent_id(reward_id: str) -> str:
    """The id of the question whether it may be published."""
    return _named(reward_id, "consent")


def reward_event_id(reward_id: str) -> str:
    """The id of the event that publishes it."""
    return _named(reward_id, "reward.granted")


def _named(*parts: str) -> str:
    return str(uuid5(NAMESPACE, _SEPARATOR.join(parts)))
