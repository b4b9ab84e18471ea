"""Packs are frozen: the evidence of a case, as of an instant, under a digest that a decision names.

The same ledger gives the same pack. A pack is never changed: one whose ground is another later is
frozen again under the next number, as of the same instant.
"""

from engine.queries import arrivals
from events.instants import Instant, from_datetime
from governance.calibration import standing
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs import relations
from governance.packs.ground import Ground
from governance.packs.grounds import basis_of, ground_of
from governance.packs.sealed import (
    Cursors,
    PackConflict,
    PackDocument,
    PackReviews,
    bound,
    opened,
)
from governance.panels import results
from governance.rules.case_ref import case_ref
from governance.store import log, packs, people
from governance.store.cases import Case
from governance.store.packs import Pack

__all__ = ["PackDocument", "changed", "freeze", "opened"]

ITSELF = "governance"


def freeze(sitting: Sitting, case: Case, by: str = ITSELF) -> Pack:
    """Freeze the pack of a case: the first one as of now, further ones as of the instant of the
    first. The log gets an entry; that the case has this pack now, its caller writes.

    Raises:
        CaseRefused: unknown-matter, unknown-case (there is no such decision), key-erased
        CatalogAltered, PolicyAltered
    """
    as_of = _as_of(sitting, case)
    document = _document(sitting, case, as_of)
    number = (case.pack or 0) + 1
    key = sitting.keys.key_of(case)
    pack = Pack(
        case.case_id, number, document.digest, document.ground.digest, as_of, document.catalog,
        document.policy, sitting.now, key.seal(document.canonical(), bound(case.case_id, number)),
    )  # fmt: skip
    packs.add(sitting.tx, pack)
    body = {
        "number": number,
        "pack": pack.digest,
        "ground": pack.ground,
        "as_of": as_of,
        "catalog": pack.catalog,
        "policy": pack.policy,
        "lines": len(document.ground.lines),
        "lines_open": len(document.ground.open_lines),
    }
    log.note(sitting.tx, case.program, case.case_id, "pack.frozen", by, body, sitting.now)
    return pack


def changed(sitting: Sitting, case: Case, pack: Pack) -> Ground | None:
    """The ground of a case as it is now, if it is another than that of the pack. Raises as
    `freeze` does."""
    ground = ground_of(sitting, case, pack.as_of)
    return None if ground.digest == pack.ground else ground


def _as_of(sitting: Sitting, case: Case) -> Instant:
    if case.pack is None:
        return from_datetime(sitting.now)
    pack = packs.of(sitting.tx, case.case_id, case.pack)
    if pack is None:
        raise CaseRefused("unknown-case", f"Pack {case.pack} of the case is not there.")
    return pack.as_of


def _document(sitting: Sitting, case: Case, as_of: Instant) -> PackDocument:
    basis = basis_of(sitting, case, as_of)
    return PackDocument(
        case_ref(case.case_id),
        case.about,
        case.kind,
        as_of,
        sitting.engine.generation_for(case.program).catalog.digest,
        basis.policy.digest,
        _cursors(sitting),
        basis.ground,
        tuple(_conflicts(sitting, case)),
        reviewed=_reviewed(sitting, case, basis.ground),
        unreliable=_unreliable(sitting, case, basis.ground),
    )


def _reviewed(sitting: Sitting, case: Case, ground: Ground) -> tuple[PackReviews, ...]:
    """What was written in the panels of the pack that were drawn here."""
    shown = {panel.panel_id for panel in ground.panels}
    return tuple(
        PackReviews(result.panel_id, result.narratives, result.spread_stays)
        for result in results.about(sitting, case.program, case.subject)
        if result.panel_id in shown
    )


def _unreliable(
    sitting: Sitting, case: Case, ground: Ground
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rubrics = sorted({panel.rubric for panel in ground.panels})
    rows = [(rubric, standing.unreliable_rows(sitting, case.program, rubric)) for rubric in rubrics]
    return tuple((rubric, of) for rubric, of in rows if of)


def _cursors(sitting: Sitting) -> Cursors:
    cursors: dict[str, dict[str, int]] = {}
    for one in arrivals.read_until(sitting.engine):
        cursors.setdefault(one.topic, {})[str(one.partition)] = one.next_offset
    return cursors


def _conflicts(sitting: Sitting, case: Case) -> list[PackConflict]:
    officers = people.all_of(sitting.tx, case.program)
    deciding = {"member", "chair", "bench"}
    members = [one.participant for one in officers if one.roles & deciding]
    relations_of = relations.conflicted(sitting, case.program, case.subject, members)
    return [
        PackConflict(member, tuple((reason.kind, reason.words) for reason in reasons))
        for member, reasons in sorted(relations_of.items())
    ]
