"""`kudos_invited: {event, where}`: a survey gives its respondent the opportunity to give kudos to
the partners it was about."""

from dataclasses import dataclass

from engine.fact import Fact
from engine.rules import conditions
from engine.rules.calendar import Calendar
from engine.rules.conditions import Condition
from engine.rules.context import RuleContext
from engine.rules.effects.effect import Outgoing
from engine.rules.source import Node
from events.award_ids import invitation_id
from events.schemas.kudos_invited import KudosInvited
from events.schemas.survey_submitted import SurveySubmitted


@dataclass(frozen=True, slots=True)
class InviteKudos:
    """Invites the respondent of every survey that meets `where`."""

    where: tuple[Condition, ...]
    event: str = SurveySubmitted.TYPE

    def of(self, fact: Fact) -> Outgoing | None:
        if fact.type != self.event or not all(c.met(fact) for c in self.where):
            return None
        program, loop = fact.place.program, fact.place.loop
        respondent = str(fact.data["respondent_id"])
        invitation = invitation_id(program, loop or "", fact.id, respondent)
        # Written as it is: a model that checks it again doubles what an invitation costs. A test
        # holds it to what subscribers read it with.
        data = {
            "invitation_id": invitation,
            "program_id": program,
            "loop_id": loop,
            "respondent_id": respondent,
            "about_ids": fact.data["about_ids"],
            "survey_id": fact.id,
        }
        return Outgoing(respondent, invitation, KudosInvited.TYPE, data)

    def canonical(self) -> object:
        return {"kudos_invited": [condition.canonical() for condition in self.where]}


def parse(node: Node, calendar: Calendar) -> InviteKudos:
    """Read `{event, where?}`; the event can only be a submitted survey."""
    entries = node.mapping("kudos_invited", ["event", "where"])
    if "event" not in entries:
        node.fault("kudos_invited lacks `event`")
    else:
        entries["event"].one_of("kudos_invited event", [SurveySubmitted.TYPE])
    where = entries.get("where")
    context = RuleContext(SurveySubmitted.TYPE, calendar)
    return InviteKudos(conditions.parse(where, context) if where else ())


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["event"],
    "additionalProperties": False,
    "properties": {
        "event": {"const": SurveySubmitted.TYPE},
        "where": conditions.SCHEMA,
    },
}
