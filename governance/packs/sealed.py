"""A pack as it is sealed: what is frozen, and how its digest follows from it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from engine.queries.arrivals import ReadUntil
from events.instants import Instant
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.packs.differences import After
from governance.packs.ground import Ground
from governance.packs.lines import EvidenceRef, GroundLine
from governance.store import packs
from governance.store.cases import Case
from governance.store.packs import Pack

_encode = msgspec.json.Encoder(order="sorted").encode

Cursors = Mapping[str, Mapping[str, int]]
"""The next offset to read by topic and partition."""


class PackConflict(msgspec.Struct, frozen=True):
    """A member who is too close to the subject, and why, each a kind and words for auditors."""

    member: str
    reasons: tuple[tuple[str, str], ...]


class PackReviews(msgspec.Struct, frozen=True):
    """What peers wrote in a panel of the pack, names out, in the order of a hash; `spread_stays`:
    their scores are far apart, an adjudicator's among them."""

    panel_id: str
    narratives: tuple[str, ...]
    spread_stays: bool


class PackDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """A pack. `subject` is a pseudonym; `case`: what is to be decided, a stage's badge or a waiver;
    `catalog`, `policy`: hex digests; `cursors`: how far the topics had been read; `recused`: the
    conflicts that were found; `reviewed`: of panels that were drawn here; `unreliable`: by rubric
    of its panels, the rows that raters agreed on too little in the last calibration."""

    subject: str
    case: str
    kind: str
    as_of: Instant
    catalog: str
    policy: str
    cursors: Cursors
    ground: Ground
    recused: tuple[PackConflict, ...]
    reviewed: tuple[PackReviews, ...] = ()
    unreliable: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def read(cls, canonical: bytes) -> "PackDocument":
        """The pack with this canonical JSON."""
        return msgspec.json.decode(canonical, type=cls)

    def canonical(self) -> bytes:
        """Canonical JSON: sorted names, no spaces."""
        return _encode(self)

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the canonical JSON: `pack` of a decision."""
        return hashlib.sha256(self.canonical()).hexdigest()

    @property
    def loops(self) -> tuple[str, ...]:
        """The loops that evidence is of."""
        return tuple(sorted({ref.loop for ref in _evidence(self.ground.lines) if ref.loop}))

    def after(self, read_until: Iterable[ReadUntil], decided_at: Instant) -> After:
        """What came after the pack was frozen, by how far the topics are read now. A partition that
        the pack does not know came into being after it."""
        offsets = {
            one.lane: self.cursors.get(one.topic, {}).get(str(one.partition), 0)
            for one in read_until
        }
        return After(offsets, since=decided_at)


def bound(case_id: str, number: int) -> str:
    """Where a sealed pack belongs."""
    return f"{case_id} pack {number}"


def opened(sitting: Sitting, case: Case, pack: Pack) -> PackDocument:
    """A pack of a case, unsealed.

    Raises:
        CaseRefused: key-erased
        SealBroken, BadCaseKeys
    """
    key = sitting.keys.key_of(case)
    return PackDocument.read(key.open(pack.sealed, bound(pack.case_id, pack.number)))


def document_of(sitting: Sitting, case: Case) -> PackDocument | None:
    """The current pack of a case, unsealed; None if it has none, or its subject was erased."""
    pack = None if case.pack is None else packs.of(sitting.tx, case.case_id, case.pack)
    if pack is None:
        return None
    try:
        return opened(sitting, case, pack)
    except CaseRefused:
        return None


def _evidence(lines: Iterable[GroundLine]) -> Iterator[EvidenceRef]:
    for line in lines:
        yield from line.evidence
        yield from _evidence(line.parts)
