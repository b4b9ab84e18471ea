"""A good survey gives its respondent the opportunity to give kudos."""

from typing import ClassVar

from events.schemas.model import Data
from events.schemas.values import Name, People, UniqueId


class KudosInvited(Data):
    """Who may thank whom, after which survey. Never the rating."""

    TYPE: ClassVar = "mentoring.kudos.invited.v1"

    invitation_id: UniqueId
    program_id: Name
    loop_id: Name
    respondent_id: Name
    about_ids: People
    survey_id: Name
