"""Rows of a history while it is read, in temporary tables: gone with the transaction.

Notes wait here until it is known which of them are kept, under a key that is only in memory. So no
key of a person is locked, and nothing that a worker needs, for as long as reading takes.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from cryptography.fernet import Fernet

from engine.fact import Fact
from engine.intake.content import decode
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact, PrivateNote
from engine.store.facts import messages
from engine.store.postgres.connection import Transaction
from events.public_key import PublicKey

_LEAST = Key(-(2**63), -(2**63))
_AT_ONCE = 5_000


class ReadRows:
    """Keys and contents, each once, and notes of facts, of the history that a transaction reads."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._cipher = Fernet(Fernet.generate_key())
        self._count = 0
        tx.execute(
            "CREATE TEMP TABLE read_rows (place bigint, fact bigint, number bigint, content text, "
            "PRIMARY KEY (place, fact)) ON COMMIT DROP"
        )
        tx.execute(
            "CREATE TEMP TABLE read_notes (place bigint, fact bigint, program text COLLATE "
            '"C", reader text COLLATE "C", sealed bool, note text) ON COMMIT DROP'
        )

    def contents(self, keys: Iterable[Key]) -> dict[Key, str]:
        """Of these keys, what is there by now: content by key."""
        wanted = sorted(keys)
        rows = self._tx.rows(
            "SELECT r.place, r.fact, r.content FROM unnest(%b::bigint[], %b::bigint[]) "
            "k (place, fact) JOIN read_rows r ON r.place = k.place AND r.fact = k.fact",
            [key.place for key in wanted], [key.fact for key in wanted],
        )  # fmt: skip
        return {Key(place, fact): content for place, fact, content in rows}

    def append(self, rows: Iterable[tuple[Key, str]], noted: Iterable[ParsedFact]) -> None:
        """Add keys and contents, and the notes of the facts that have one."""
        numbered = [(*key, n, content) for n, (key, content) in enumerate(rows, self._count)]
        self._count += len(numbered)
        self._tx.copy(
            "read_rows",
            ("place", "fact", "number", "content"),
            ("int8", "int8", "int8", "text"),
            sorted(numbered),
        )
        self._tx.copy(
            "read_notes",
            ("place", "fact", "program", "reader", "sealed", "note"),
            ("int8", "int8", "text", "text", "bool", "text"),
            self._notes(noted),
        )

    def _notes(self, facts: Iterable[ParsedFact]) -> Iterator[tuple[object, ...]]:
        for parsed in facts:
            note = parsed.note
            if note is not None:
                text = self._cipher.encrypt(note.text.encode()).decode()
                yield (*parsed.key, *messages.reader_of(parsed.fact), note.is_sealed, text)

    def leave_out(self) -> Iterator[tuple[Key, str, str]]:
        """Take out what the ledger has: key, content, and the ledger's content."""
        self._tx.execute("ANALYZE read_rows")
        last = _LEAST
        while rows := self._tx.rows(
            "DELETE FROM read_rows r USING (SELECT place, fact, l.content FROM read_rows "
            "JOIN ledger l USING (place, fact) WHERE (place, fact) > (%s, %s) "
            "ORDER BY place, fact LIMIT %s) l WHERE r.place = l.place AND r.fact = l.fact "
            "RETURNING r.place, r.fact, r.content, l.content",
            *last, _AT_ONCE,
        ):  # fmt: skip
            items = sorted((Key(place, fact), mine, theirs) for place, fact, mine, theirs in rows)
            yield from items
            last = items[-1][0]

    def keep_notes(self, notes_key: PublicKey | None) -> None:
        """Put the notes of what is left and not retracted where the transaction sees `messages`,
        reader by reader: in the order in which keys of people are locked. `notes_key`: what keys of
        people are sealed to.

        Raises:
            NoNotesKey: one of them is in clear, and `notes_key` is None.
        """
        self._tx.execute("ANALYZE read_notes")
        rows = self._tx.stream(
            "SELECT n.place, n.fact, n.sealed, n.note, r.content FROM read_notes n "
            "JOIN read_rows r USING (place, fact) WHERE NOT EXISTS "
            "(SELECT FROM read_rows g WHERE g.place = n.place AND g.fact = n.fact + 1) "
            "AND NOT EXISTS "
            "(SELECT FROM public.ledger l WHERE l.place = n.place AND l.fact = n.fact + 1) "
            "ORDER BY n.program, n.reader, n.place, n.fact"
        )
        while part := [self._parsed(*row) for row in islice(rows, _AT_ONCE)]:
            messages.keep(self._tx, part, notes_key)

    def _parsed(
        self, place: int, number: int, is_sealed: bool, note: str, content: str
    ) -> ParsedFact:
        fact = decode(content)
        assert isinstance(fact, Fact)
        text = self._cipher.decrypt(note).decode()
        return ParsedFact(fact, Key(place, number), content, PrivateNote(text, is_sealed))
