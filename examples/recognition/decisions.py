"""What the committee decided, and when; the grounds are the facts before `as_of`."""

from dataclasses import dataclass
from hashlib import sha256

from examples.recognition.annals import DECISION, Annals, moment

POLICY = "11e4dff744f5e338b2007ee88bc77c808d63c756d02ff4944b64ec3eade54d2a"
"""The policy under which the committee decides: the digest of that of recognition.yaml."""
_ON_PAPER = sha256(b"the rules of the guild before they were a file").hexdigest()

PROFICIENT, MASTER, WAIVER = "proficient-mentor", "master-mentor", "waiver-presence"


@dataclass(frozen=True, slots=True)
class CommitteeDecision:
    """A decision: about whom, which case, how it ended, who signed, on which grounds, when."""

    id: str
    mentor: str
    case: str
    outcome: str
    as_of: str
    at: str
    approvers: tuple[str, ...]
    recused: tuple[str, ...] = ()
    appeal_of: str | None = None


VERDICTS = (
    CommitteeDecision("d-sofia-2022", "sofia", PROFICIENT, "granted",
            "2022-05-04T18:00:00+02:00", "2022-05-10T12:00:00+02:00", ("ada", "oren")),
    CommitteeDecision("d-priya-2023", "priya", PROFICIENT, "granted",
            "2023-07-05T18:00:00+02:00", "2023-07-11T12:00:00+02:00", ("ada", "bea")),
    CommitteeDecision("d-ruth-2024", "ruth", PROFICIENT, "granted",
            "2024-02-14T18:00:00+01:00", "2024-02-20T12:00:00+01:00", ("bea", "oren")),
    CommitteeDecision("d-imani-1", "imani", PROFICIENT, "granted",
            "2025-04-03T14:00:00+02:00", "2025-04-08T11:00:00+02:00", ("ada", "sam")),
    CommitteeDecision("d-mateo-1", "mateo", PROFICIENT, "granted",
            "2025-04-03T14:00:00+02:00", "2025-04-08T11:30:00+02:00", ("oren", "ruth")),
    CommitteeDecision("d-wei-1", "wei", PROFICIENT, "granted",
            "2025-04-03T14:00:00+02:00", "2025-04-10T11:00:00+02:00", ("ada", "bea"), ("ruth",)),
    CommitteeDecision("d-sofia-2", "sofia", PROFICIENT, "renewed",
            "2025-08-27T12:00:00+02:00", "2025-09-01T12:00:00+02:00", ("ada", "oren"), ("ruth",)),
    CommitteeDecision("d-dana-1", "dana", PROFICIENT, "granted",
            "2025-09-26T12:00:00+02:00", "2025-10-01T11:00:00+02:00", ("ada",)),
    CommitteeDecision("d-dana-2", "dana", PROFICIENT, "granted",
            "2025-09-26T12:00:00+02:00", "2025-10-02T11:00:00+02:00", ("ada", "bea")),
    CommitteeDecision("d-tomas-1", "tomas", WAIVER, "granted",
            "2025-09-22T12:00:00+02:00", "2025-09-26T11:00:00+02:00", ("bea", "sam")),
    CommitteeDecision("d-tomas-2", "tomas", PROFICIENT, "granted",
            "2025-09-30T12:00:00+02:00", "2025-10-07T11:00:00+02:00", ("oren", "sam")),
    CommitteeDecision("d-wei-2", "wei", PROFICIENT, "granted",
            "2025-10-29T12:00:00+01:00", "2025-11-03T11:00:00+01:00", ("oren", "sam"), ("ruth",)),
    CommitteeDecision("d-jonas-1", "jonas", PROFICIENT, "declined",
            "2026-02-10T18:00:00+01:00", "2026-02-16T11:00:00+01:00", ("ada", "oren")),
    CommitteeDecision("d-noor-1", "noor", PROFICIENT, "granted",
            "2026-02-10T18:00:00+01:00", "2026-02-16T11:20:00+01:00", ("ruth", "sam")),
    CommitteeDecision("d-lena-1", "lena", PROFICIENT, "granted",
            "2026-02-10T18:00:00+01:00", "2026-02-17T10:00:00+01:00", ("bea", "ruth")),
    CommitteeDecision("d-erik-1", "erik", PROFICIENT, "granted",
            "2026-02-10T18:00:00+01:00", "2026-02-17T10:30:00+01:00", ("ada", "sam")),
    CommitteeDecision("d-jonas-2", "jonas", PROFICIENT, "granted",
            "2026-03-12T18:00:00+01:00", "2026-03-18T16:00:00+01:00", ("bea", "sam"),
            appeal_of="d-jonas-1"),
    CommitteeDecision("d-imani-2", "imani", MASTER, "granted",
            "2026-05-05T14:00:00+02:00", "2026-05-12T11:00:00+02:00", ("ada", "sam"), ("ruth",)),
    CommitteeDecision("d-priya-2", "priya", PROFICIENT, "declined",
            "2026-06-10T12:00:00+02:00", "2026-06-15T11:00:00+02:00", ("bea", "oren"), ("ruth",)),
)  # fmt: skip


def record(annals: Annals) -> None:
    """All of them; those from before September 2024 arrive when the guild brought them in."""
    for verdict in VERDICTS:
        at = moment(verdict.at)
        on_paper = at < moment("2024-09-01T00:00:00+02:00")
        annals.record(DECISION, at, {
            "participant_id": verdict.mentor, "decision_id": verdict.id, "case": verdict.case,
            "outcome": verdict.outcome, "as_of": verdict.as_of,
            "approver_ids": list(verdict.approvers),
            **({"recused_ids": list(verdict.recused)} if verdict.recused else {}),
            **({"appeal_of": verdict.appeal_of} if verdict.appeal_of else {}),
            "pack": sha256(f"pack/{verdict.id}".encode()).hexdigest(),
            "policy": _ON_PAPER if on_paper else POLICY,
        }, moment("2024-09-20T15:00:00+02:00") if on_paper else None)  # fmt: skip
