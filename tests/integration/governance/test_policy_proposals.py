"""Proposals of another policy, and whom it would concern."""

from typing import Any
from uuid import uuid4

import pytest

from engine.store.postgres.connection import transaction
from governance.errors import ProposalFault, ProposalRefused
from governance.policies import proposals, simulation
from governance.policies.proposals import WantedChange
from governance.policies.simulation import Simulation, SimulationTooLong
from governance.rules.policies.thresholds import OtherThreshold
from governance.store import log
from governance.store import proposals as stored
from governance.store.proposals import PolicyProposal
from tests.integration.governance.committee_room import PROGRAM
from tests.integration.governance.lodge import SUBJECT, Lodge

CREDITS, SCORE = "senior/given/0", "senior/given/1"
WORDS = "Ten credits are a week of evenings for who works full time."


def propose(lodge: Lodge, wanted: WantedChange, by: str = "amara", id: str = "") -> PolicyProposal:
    with lodge.room.sitting() as sitting:
        return proposals.propose(sitting, PROGRAM, by, wanted, id or str(uuid4()))


def refused(lodge: Lodge, act: Any, *given: Any) -> ProposalFault:
    with pytest.raises(ProposalRefused) as refusal, lodge.room.sitting() as sitting:
        act(sitting, PROGRAM, *given)
    return refusal.value.kind


def simulated(lodge: Lodge, address: str, other: OtherThreshold) -> Simulation:
    with lodge.room.sitting() as sitting:
        return simulation.simulate(sitting, PROGRAM, address, other, lambda: True)


def test_a_proposal_is_kept_and_noted_without_its_words(lodge: Lodge) -> None:
    wanted = WantedChange(WORDS, CREDITS, OtherThreshold(8))
    made = propose(lodge, wanted)
    assert propose(lodge, wanted, id=made.proposal_id) == made
    with lodge.room.sitting() as sitting:
        assert stored.of_program(sitting.tx, PROGRAM, 10) == [made]
        entries = [e for e in log.of_program(sitting.tx, PROGRAM) if e.kind == "policy.proposed"]
        log.verify(sitting.tx)
    (entry,) = entries
    assert entry.details == {
        "proposal": made.proposal_id, "line": CREDITS, "number": 8.0, "sample": None
    }  # fmt: skip
    assert refused(lodge, proposals.propose, "eve", wanted, made.proposal_id) == "unknown-proposal"


@pytest.mark.parametrize(
    ("wanted", "kind"),
    [
        (WantedChange("  "), "no-words"),
        (WantedChange(WORDS, "senior/given/9", OtherThreshold(1)), "unknown-line"),
        (WantedChange(WORDS, CREDITS), "does-not-fit"),
        (WantedChange(WORDS, CREDITS, OtherThreshold(0)), "does-not-fit"),
        (WantedChange(WORDS, SCORE, OtherThreshold(3)), "does-not-fit"),
    ],
)
def test_what_no_policy_could_say_is_refused(
    shared_lodge: Lodge, wanted: WantedChange, kind: ProposalFault
) -> None:
    assert refused(shared_lodge, proposals.propose, "amara", wanted, str(uuid4())) == kind


def test_a_proposal_is_answered_once_and_one_that_is_accepted_counts_for_its_author(
    lodge: Lodge,
) -> None:
    first, second = propose(lodge, WantedChange(WORDS)), propose(lodge, WantedChange("More time"))
    with lodge.room.sitting() as sitting:
        given = proposals.answer(
            sitting, PROGRAM, first.proposal_id, "accepted", "From autumn on.", "cora"
        )
    assert (given.answer, given.answer_words) == ("accepted", "From autumn on.")
    answer = (first.proposal_id, "declined", "", "cora")
    assert refused(lodge, proposals.answer, *answer) == "answered"
    assert refused(lodge, proposals.answer, "none", *answer[1:]) == "unknown-proposal"
    with lodge.room.sitting() as sitting:
        proposals.answer(sitting, PROGRAM, second.proposal_id, *answer[1:])  # type: ignore[arg-type]
    (event,) = lodge.published()
    assert event["type"] == "mentoring.stewardship.recorded.v1"
    assert event["data"]["participant_id"] == "amara"
    assert event["data"]["kind"] == "policy"
    lodge.deliver()


def test_an_erasure_empties_what_somebody_proposed(lodge: Lodge) -> None:
    made = propose(lodge, WantedChange(WORDS))
    with transaction(lodge.room.harness.engine) as tx:
        tx.one("SELECT web.erase_from_governance(%s, 'amara', now())", PROGRAM)
    with lodge.room.sitting() as sitting:
        kept = stored.one(sitting.tx, PROGRAM, made.proposal_id)
    assert kept is not None
    assert (kept.proposed_by, kept.words) == (None, None)


def test_a_simulation_says_who_would_be_ready_and_who_no_longer(lodge: Lodge) -> None:
    """Given one who is ready and one who lacks two credits, when eight are asked for, then both
    are; when twenty are, then neither."""
    lodge.ready()
    lodge.training("short", 8, participant_id="amara")
    lodge.accept(
        *(
            lodge.event(
                "review.submitted", 15, participant_id="amara", review_id=f"a-{seat}",
                panel_id="of-amara", seat=seat, rubric="practice", rubric_version=1,
                ratings={"communication": 3}, score=3,
            )
            for seat in (1, 2, 3)
        )
    )  # fmt: skip
    lower = simulated(lodge, CREDITS, OtherThreshold(8))
    assert (lower.people, lower.ready, lower.gained, lower.lost) == (2, (SUBJECT,), ("amara",), ())
    higher = simulated(lodge, CREDITS, OtherThreshold(20))
    assert (higher.ready, higher.gained, higher.lost) == ((SUBJECT,), (), (SUBJECT,))
    larger = simulated(lodge, SCORE, OtherThreshold(2.5, 4))
    assert larger.lost == (SUBJECT,)


def test_who_holds_the_stage_already_is_counted_apart(lodge: Lodge) -> None:
    lodge.ready()
    lodge.decide(lodge.on_desk(), "granted")
    lodge.deliver()
    assert simulated(lodge, CREDITS, OtherThreshold(20)).holding == {SUBJECT}


def test_a_simulation_that_runs_too_long_is_ended(lodge: Lodge) -> None:
    lodge.ready()
    with pytest.raises(SimulationTooLong), lodge.room.sitting() as sitting:
        simulation.simulate(sitting, PROGRAM, CREDITS, OtherThreshold(8), lambda: False)
    assert refused(
        lodge, simulation.simulate, "senior/given/7", OtherThreshold(8), lambda: True
    ) == "unknown-line"  # fmt: skip
