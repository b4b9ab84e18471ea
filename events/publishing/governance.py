"""What governance tells, and nobody else may: reviews, stewardship, decisions, rewards."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from events.publishing.publishes import Publishes
from events.schemas.decision_recorded import DecisionRecorded
from events.schemas.review_submitted import ReviewSubmitted
from events.schemas.reward_granted import RewardGranted
from events.schemas.stewardship_recorded import StewardshipRecorded


class GovernanceEvents(Publishes):
    """Sent to the topic of governance, like the retractions of these facts."""

    def review_submitted(
        self,
        *,
        program_id: str,
        participant_id: str,
        review_id: str,
        panel_id: str,
        seat: int,
        rubric: str,
        rubric_version: int,
        ratings: Mapping[str, int],
        score: float,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """One seat of a panel judged a mentor: rows of 0 to 4, `score` their mean. All reviews of a
        panel carry one `time`, its closing, and are published together. Returns the event id."""
        data = {
            "program_id": program_id,
            "participant_id": participant_id,
            "review_id": review_id,
            "panel_id": panel_id,
            "seat": seat,
            "rubric": rubric,
            "rubric_version": rubric_version,
            "ratings": ratings,
            "score": score,
        }
        return self._publish(ReviewSubmitted.TYPE, data, time, event_id)

    def stewardship_recorded(
        self,
        *,
        program_id: str,
        participant_id: str,
        record_id: str,
        kind: Literal["pairing", "panel", "calibration", "bench", "policy"],
        about_id: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A mentor took a share in running the program; `about_id` is the new mentor of a pairing.
        Returns the event id."""
        data = {
            "program_id": program_id,
            "participant_id": participant_id,
            "record_id": record_id,
            "kind": kind,
            "about_id": about_id,
        }
        return self._publish(StewardshipRecorded.TYPE, data, time, event_id)

    def decision_recorded(
        self,
        *,
        program_id: str,
        participant_id: str,
        decision_id: str,
        case: str,
        outcome: Literal["granted", "renewed", "declined"],
        as_of: datetime,
        approver_ids: Collection[str],
        pack: str,
        policy: str,
        recused_ids: Collection[str] = (),
        appeal_of: str | None = None,
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """The committee decided a case, on the facts as of an instant. `pack` and `policy` are the
        digests of the evidence and of the policy, 64 hexadecimal digits. Returns the event id."""
        data = {
            "program_id": program_id,
            "participant_id": participant_id,
            "decision_id": decision_id,
            "case": case,
            "outcome": outcome,
            "as_of": as_of.isoformat(),
            "approver_ids": approver_ids,
            "pack": pack,
            "policy": policy,
            "recused_ids": recused_ids,
            "appeal_of": appeal_of,
        }
        return self._publish(DecisionRecorded.TYPE, data, time, event_id)

    def reward_granted(
        self,
        *,
        program_id: str,
        participant_id: str,
        reward_id: str,
        reward: str,
        kind: Literal[
            "stipend", "bonus", "grant", "conference", "project", "spotlight", "event", "credit"
        ],
        cycle: str,
        approver_ids: Collection[str],
        time: datetime | None = None,
        event_id: str | None = None,
    ) -> str:
        """A reward was granted for a cycle, such as "2026" or "2026-Q3". Returns the event id."""
        data = {
            "program_id": program_id,
            "participant_id": participant_id,
            "reward_id": reward_id,
            "reward": reward,
            "kind": kind,
            "cycle": cycle,
            "approver_ids": approver_ids,
        }
        return self._publish(RewardGranted.TYPE, data, time, event_id)
