"""Who is who: descriptions for the directory."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from events.schemas.directory.description import directory_key
from events.schemas.directory.loop_described import LoopDescribed
from events.schemas.directory.participant_described import ParticipantDescribed
from events.schemas.directory.program_described import ProgramDescribed


class Descriptions(ABC):
    """Programs, participants and loops, described or forgotten. A description is the whole state:
    what it leaves out is no longer so."""

    @abstractmethod
    def _describe(
        self, type: str, data: Mapping[str, object], time: datetime | None, event_id: str | None
    ) -> str:
        """Check a description and send it. Returns the event id. Raises InvalidData,
        DeliveryError."""

    @abstractmethod
    def _forget(self, key: bytes) -> None:
        """Send a tombstone. Raises DeliveryError."""

    def describe_program(
        self,
        *,
        program_id: str,
        name: str,
        time: datetime | None = None,
        event_id: str | None = None,
        **settings: object,
    ) -> str:
        """A program's name, and of its settings those that have not their default: `locale`,
        `timezone`, `self_match`, `kudos`, `sharing`, `branding`, `support_url`, `issuer`, as in
        docs/contract.md. Returns the event id."""
        data = {"program_id": program_id, "name": name, **settings}
        return self._describe(ProgramDescribed.TYPE, data, time, event_id)

    def describe_participant(
        self,
        *,
        program_id: str,
        participant_id: str,
        display_name: str,
        given_name: str | None = None,
        email: str | None = None,
        avatar_url: str | None = None,
        locale: str | None = None,
        timezone: str | None = None,
        roles: Collection[Literal["mentor", "mentee"]] | None = None,
        active: bool = True,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """Who a participant of a program is. Returns the event id."""
        data = {
            "program_id": program_id,
            "participant_id": participant_id,
            "display_name": display_name,
            "given_name": given_name,
            "email": email,
            "avatar_url": avatar_url,
            "locale": locale,
            "timezone": timezone,
            "roles": roles,
            "active": active,
        }
        return self._describe(ParticipantDescribed.TYPE, data, time, event_id)

    def describe_loop(
        self,
        *,
        program_id: str,
        loop_id: str,
        kind: Literal["one_to_one", "group"],
        members: Mapping[str, Literal["mentor", "mentee"] | None],
        name: str | None = None,
        state: Literal["open", "closed"] = "open",
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """Who is in a loop now: roles (or None) by participant id. Returns the event id."""
        data = {
            "program_id": program_id,
            "loop_id": loop_id,
            "name": name,
            "kind": kind,
            "members": [{"participant_id": who, "role": role} for who, role in members.items()],
            "state": state,
        }
        return self._describe(LoopDescribed.TYPE, data, time, event_id)

    def forget_program(self, *, program_id: str) -> None:
        """A program is as if it had never been described."""
        self._forget(directory_key("program", program_id, program_id))

    def forget_participant(self, *, program_id: str, participant_id: str) -> None:
        """A participant is as if they had never been described: name and address are forgotten,
        and nothing else."""
        self._forget(directory_key("participant", program_id, participant_id))

    def forget_loop(self, *, program_id: str, loop_id: str) -> None:
        """A loop is as if it had never been described: its people are those who did something in
        it."""
        self._forget(directory_key("loop", program_id, loop_id))
