"""Scenarios at a harness about private notes: to several people, sealed by who publishes them, to
somebody who is erased."""

from collections.abc import Callable

from engine.store import audit_log, note_keys
from engine.store.note_keys import NoteOwner
from events.sealing import new_key_pair, seal_note
from tests.integration.handlers.harness import Harness
from tests.support.given import KUDOS, kudos, retracted
from tests.verification.defects.harness_run import HarnessRun


def notes_to_several(run: HarnessRun) -> None:
    """Notes in clear to two people in one batch, then to both again, and two that were sealed; one
    of each is retracted."""
    run.process(*(_note(n, who) for n, who in enumerate(["ann", "ben", "ann"])))
    run.process(_note(3, "ben"), _note(4, "ann"), _sealed(5, "ann"), _sealed(6, "ben"))
    run.process(retracted(KUDOS, "k1"), retracted(KUDOS, "k6"))


def somebody_is_erased(run: HarnessRun) -> None:
    """Ann has notes, and is erased; then come more to her, in clear and sealed, and to Ben."""
    run.process(_note(1, "ann"), _note(2, "ben"), _sealed(3, "ann"))
    run.replay(_erase("ann", "k1", "k3"))
    run.process(_note(4, "ann"), _sealed(5, "ann"), _note(6, "ben"))
    run.process(_note(7, "ann"), _sealed(8, "ben"))


def _note(number: int, recipient: str) -> bytes:
    return kudos(f"k{number}", "cleo", recipient, "trust", message=f"PRIVATE-{number}")


def _sealed(number: int, recipient: str) -> bytes:
    public, _ = new_key_pair()
    name = f"k{number}"
    sealed = seal_note(
        f"PRIVATE-{number}",
        public,
        program_id="program",
        loop_id="loop",
        kudos_id=name,
        recipient_id=recipient,
    )
    return kudos(name, "cleo", recipient, "trust", sealed_message=sealed)


def _erase(who: str, *noted: str) -> Callable[[Harness], None]:
    """As the pages do it: the key first, then the notes, and the audit log."""

    def erase(harness: Harness) -> None:
        with harness.transaction() as tx:
            note_keys.erase(tx, NoteOwner("program", who))
            tx.execute(
                "DELETE FROM messages m USING ledger l WHERE l.place = m.place "
                "AND l.fact = m.fact AND l.content::json->>'kudos_id' = ANY (%s::text[])",
                list(noted),
            )
            details = {"program": "program", "participant": who}
            audit_log.note(tx, "person.erased", "a test", "asked for it", details)

    return erase


SCENARIOS = (notes_to_several, somebody_is_erased)
