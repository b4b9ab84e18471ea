"""A PostgreSQL session that goes through a proxy: it looks out for the traps that are armed."""

from tests.verification.faults.parts.client_messages import (
    COPY_DATA,
    STARTUP,
    ClientMessages,
    Piece,
    application_name,
    statement,
)
from tests.verification.faults.parts.link import Link
from tests.verification.faults.parts.traps import Action, Trap

_AT_COMMIT = {Action.DROP_COMMIT, Action.HOLD_COMMIT, Action.SWALLOW_ANSWER}
# Of a server: the end of an answer, and the answer to a COMMIT that was carried out.
_READY = b"Z\x00\x00\x00\x05"
_COMMITTED = b"C\x00\x00\x00\x0bCOMMIT\x00"
_COMMIT, _BOUNDARIES = b"COMMIT", (b"BEGIN", b"COMMIT", b"ROLLBACK")


class Session:
    """The tap of one link."""

    def __init__(self, link: Link, armed: list[Trap]) -> None:
        self._link, self._armed = link, armed
        self._messages = ClientMessages()
        self._application = ""
        self._met: set[Trap] = set()
        """Traps whose `containing` this transaction has sent."""
        self._swallowing: Trap | None = None
        self._answer = b""

    def from_client(self, data: bytes) -> None:
        pieces = self._messages.feed(data)
        passed = 0
        for number, piece in enumerate(pieces):
            if piece.kind == STARTUP:
                self._application = application_name(piece.data)
            trap = self._trap(piece) if self._armed else None
            if trap is not None:
                self._link.to_server(_joined(pieces[passed:number]))
                trap.spring(self._link, self._application)
                if self._caught(trap, piece.data, _joined(pieces[number + 1 :])):
                    return
                passed = number
        self._link.to_server(_joined(pieces[passed:]))

    def from_server(self, data: bytes) -> None:
        if self._swallowing is None:
            self._link.to_client(data)
            return
        self._answer += data
        if _READY in self._answer:
            trap, self._swallowing = self._swallowing, None
            self._link.reset()
            trap.happen("committed" if _COMMITTED in self._answer else "not committed")

    def ended(self) -> None:
        if self._swallowing is not None:
            self._swallowing.happen("not committed")

    def _trap(self, piece: Piece) -> Trap | None:
        """The first armed trap that this piece springs."""
        sql = statement(piece)
        at = _AT_COMMIT if sql == _COMMIT else set()
        if piece.kind == COPY_DATA:
            at = {Action.RESET_COPY, Action.FREEZE_COPY}
        self._met.update(t for t in self._armed if t.containing in piece.data)
        fits = [
            trap
            for trap in self._armed
            if trap.action in at
            and trap.only in (None, self._application)
            and (not trap.containing or trap in self._met)
        ]
        if sql.startswith(_BOUNDARIES):
            self._met.clear()
        return fits[0] if fits else None

    def _caught(self, trap: Trap, data: bytes, rest: bytes) -> bool:
        """Do what the trap does; whether `data` and `rest` are dealt with."""
        match trap.action:
            case Action.SWALLOW_ANSWER:
                self._swallowing = trap
                return False
            case Action.DROP_COMMIT:
                self._link.reset()
            case Action.HOLD_COMMIT:
                self._link.freeze(data + rest)
            case Action.RESET_COPY:
                self._link.to_server(data[: len(data) // 2])
                self._link.reset()
            case Action.FREEZE_COPY:
                self._link.to_server(data[: len(data) // 2])
                self._link.freeze(data[len(data) // 2 :] + rest)
        trap.happen(trap.action.value)
        return True


def _joined(pieces: list[Piece]) -> bytes:
    return b"".join(piece.data for piece in pieces)
