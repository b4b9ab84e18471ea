"""Refused records as operators see them: without the bytes they hold, until these are revealed."""

from collections.abc import Sequence

from pydantic import Field

from engine.queries import dead_letters as queries
from engine.queries.dead_letters import RefusalReason
from engine.queries.revealed_record import RevealedRecord
from engine.store.dead_letters import listing
from engine.store.dead_letters.listing import DeadLetterFilter, Listed
from engine.store.postgres.connection import Transaction
from web.views.model import InstantText, View


class DeadLetterShown(View):
    """A refused record. Of key, value and headers the sizes and names alone."""

    id: int
    topic: str
    partition: int
    offset: int
    reason: RefusalReason
    detail: str
    first_seen: InstantText
    attempts: int
    resolution: str | None
    note: str | None = Field(description="Why it was discarded")
    engine_version: str
    catalog_digest: str
    value_bytes: int | None
    key_bytes: int | None
    kept_bytes: int | None = Field(description="Of a value that was cut: how much is kept")
    value_sha256: str | None
    header_names: list[str]
    what_helps: str


class DeadLettersPage(View):
    """Refused records, newest first."""

    items: list[DeadLetterShown]
    next: str | None


class HeaderRevealed(View):
    """A header of a record."""

    name: str
    value: str | None


class DeadLetterRevealed(View):
    """What a refused record holds, as text; a private note in clear is hidden, a sealed one stays
    sealed."""

    id: int
    key: str | None
    headers: list[HeaderRevealed]
    value: str | None
    kept_bytes: int | None


def page(
    tx: Transaction, wanted: DeadLetterFilter, before: int | None, limit: int
) -> DeadLettersPage:
    """A page of them; one statement."""
    there = listing.page(tx, wanted, before, limit + 1)
    more = str(there[limit - 1].id) if len(there) > limit else None
    return DeadLettersPage(items=[shown(entry) for entry in there[:limit]], next=more)


def shown(entry: Listed) -> DeadLetterShown:
    """One of them."""
    return DeadLetterShown(
        id=entry.id,
        topic=entry.topic,
        partition=entry.partition,
        offset=entry.offset,
        reason=entry.reason,
        detail=entry.detail,
        first_seen=entry.first_seen.isoformat(),
        attempts=entry.attempts,
        resolution=entry.resolution,
        note=entry.note,
        engine_version=entry.engine_version,
        catalog_digest=entry.catalog_digest,
        value_bytes=entry.value_bytes,
        key_bytes=entry.key_bytes,
        kept_bytes=entry.kept_bytes,
        value_sha256=entry.value_sha256,
        header_names=list(entry.header_names),
        what_helps=queries.what_helps(entry.reason),
    )


def revealed(entry: Listed, record: RevealedRecord) -> DeadLetterRevealed:
    """What one of them holds."""
    return DeadLetterRevealed(
        id=entry.id,
        key=record.key,
        headers=_headers(record.headers),
        value=record.value,
        kept_bytes=entry.kept_bytes,
    )


def _headers(headers: Sequence[tuple[str, str | None]]) -> list[HeaderRevealed]:
    return [HeaderRevealed(name=name, value=value) for name, value in headers]
