"""How a committee answers a share that is flagged red: in words, for the minutes."""

from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.rules.fairness import report as reports
from governance.rules.fairness.report import FlaggedShare
from governance.store import fairness, log
from governance.store.fairness import FairnessAnswer


def unanswered(sitting: Sitting, program: str) -> list[tuple[str, FlaggedShare]]:
    """The red flags of published reports that nobody has answered, each with its quarter, latest
    first."""
    open_flags: list[tuple[str, FlaggedShare]] = []
    for quarter in fairness.quarters(sitting.tx, program):
        published = fairness.of_quarter(sitting.tx, program, quarter)
        assert published is not None, "it was listed"
        red = list(reports.flagged(reports.read(published.document), "red"))
        known = fairness.answers(sitting.tx, program, quarter) if red else []
        answered = {(one.dimension, one.group, one.step) for one in known}
        open_flags += [(quarter, flag) for flag in red if flag[:3] not in answered]
    return open_flags


def answer(
    sitting: Sitting, program: str, by: str, quarter: str, share: tuple[str, str, str], words: str
) -> None:
    """Answer a red flag: its dimension, group and step. The words stand in the minutes, so they
    name nobody.

    Raises:
        CaseRefused: not-in-state, as there is no such flag, or it is answered; statement-needed, as
            the words say nothing.
    """
    text = words.strip()
    if not text:
        raise CaseRefused("statement-needed", "Say in words what the committee answers.")
    flags = {(known, *flag[:3]) for known, flag in unanswered(sitting, program)}
    if (quarter, *share) not in flags:
        raise CaseRefused("not-in-state", "There is no such flag without an answer.")
    log.lock(sitting.tx)
    given = FairnessAnswer(program, quarter, *share, text, by, sitting.now)
    if not fairness.answer(sitting.tx, given):
        raise CaseRefused("not-in-state", "Somebody else has answered it just now.")
    dimension, group, step = share
    body = {
        "quarter": quarter, "dimension": dimension, "group": group, "step": step, "answer": text,
    }  # fmt: skip
    log.note(sitting.tx, program, None, "fairness.answered", by, body, sitting.now)
