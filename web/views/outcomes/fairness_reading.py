"""Reads published fairness reports, and what somebody declares for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from events.instants import from_datetime
from governance.fairness import declaring
from governance.rules.fairness import report as reports
from governance.store import fairness
from governance.store.fairness import PublishedReport
from web.views.committee.docket import Docket
from web.views.outcomes.fairness import AnswerRead, FairnessRead, FairnessShown


@dataclass(frozen=True, slots=True)
class DeclaredGroups:
    """What somebody may declare, by dimension, and what they do."""

    offered: Mapping[str, Sequence[str]]
    declared: Mapping[str, str]


def read(docket: Docket, quarter: str | None) -> FairnessShown | None:
    """The report of a quarter, or the latest; None: there is none of that quarter."""
    tx, program = docket.sitting.tx, docket.program
    known = fairness.quarters(tx, program)
    wanted = quarter or next(iter(known), None)
    if wanted is None:
        return FairnessShown(quarters=[], report=None)
    published = fairness.of_quarter(tx, program, wanted)
    if published is None:
        return None
    return FairnessShown(quarters=known, report=_read(docket, published))


def own(docket: Docket, participant: str) -> DeclaredGroups:
    """What somebody may declare of themselves, and what they do."""
    return DeclaredGroups(
        declaring.offered(docket.rules.policy),
        fairness.declared(docket.sitting.tx, docket.program, participant),
    )


def _read(docket: Docket, published: PublishedReport) -> FairnessRead:
    answers = [
        AnswerRead(
            dimension=one.dimension,
            group=one.group,
            step=one.step,
            answer=one.answer,
            answered_at=from_datetime(one.answered_at),
        )
        for one in fairness.answers(docket.sitting.tx, docket.program, published.quarter)
    ]
    document = msgspec.to_builtins(reports.read(published.document))
    of_report = {
        name: document[name] for name in document.keys() & FairnessRead.model_fields.keys()
    }
    return FairnessRead.model_validate(
        of_report
        | {
            "published_at": from_datetime(published.published_at),
            "digest": published.digest,
            "answers": answers,
        }
    )
