"""Lotteries that were held, checked again: by their document alone, and against the log."""

import msgspec

from governance.committee import Sitting
from governance.rules.rewards import lottery_document, proposals
from governance.store import log
from governance.store.draws import Draw

EMPTIED = "its document was emptied, as somebody whom it names was erased; the log has its hash"


def verify(document: str) -> list[str]:
    """What is wrong with the document of a lottery, or of a proposal for the bench or for pairings,
    a sentence each; none if it was drawn by the rules."""
    if kind_of(document) in ("bench", "pairing"):
        return proposals.verify(document)
    return lottery_document.verify(document)


def kind_of(document: str) -> str | None:
    """What a document says that it is of."""
    try:
        return msgspec.json.decode(document, type=_Kind).kind
    except msgspec.DecodeError:
        return None


class _Kind(msgspec.Struct, frozen=True):
    kind: str
    seed: str = ""
    head: str = ""


def verify_held(sitting: Sitting, draw: Draw) -> list[str]:
    """The same of a draw that was held, and whether it is the one that the log has, right after the
    entry that its seed was made of."""
    faults = [] if draw.document is None else verify(draw.document)
    if draw.document is not None:
        if lottery_document.digest(draw.document) != draw.inputs:
            faults.append("its document is not the one whose hash was kept with the draw")
        if not faults:
            read = msgspec.json.decode(draw.document, type=_Kind)
            if (read.seed, read.head) != (draw.seed, draw.head):
                faults.append("its seed, or the head of the log, is another in the document")
    noted = [
        entry
        for entry in log.of_program(sitting.tx, draw.program)
        if entry.kind == "draw.held" and entry.details.get("draw_id") == draw.draw_id
    ]
    if len(noted) != 1:
        return [*faults, "the log does not have it once"]
    for name, kept in (("seed", draw.seed), ("head", draw.head), ("document", draw.inputs)):
        if noted[0].details.get(name) != kept:
            faults.append(f"the log has another {name}")
    if log.head_before(sitting.tx, noted[0].id) != draw.head:
        faults.append("something was written into the log between its seed and the draw")
    return faults
