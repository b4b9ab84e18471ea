"""The one place that opens private notes: for one answer, kept nowhere.

What cannot be opened is counted and logged with its cause; neither a text nor a sealed one is ever
in a log or an exception.
"""

import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import OKPKey
from pydantic import TypeAdapter, ValidationError

from engine.observability import logger
from engine.queries.notes import NotedTestimonial, StoredNote
from engine.store.awards.kudos import KudosReceived
from events.public_key import PublicKey
from events.schemas.values import PrivateMessage, PrivateNarrative
from events.sealed_note import header_fault, kid_of
from events.sealing import KEY, seal
from web import metrics
from web.notes.master_keys import MasterKeys

log = logger(__name__)

State = Literal["shown", "erased", "unreadable"]
"""Of a note in an answer. "erased": the key it was sealed to is gone. "unreadable": it does not
open, or belongs to another fact."""

Reader = Literal["recipient", "coordinator", "committee", "export", "public"]

for _cause in ("header", "unknown key", "binding", "key", "master key", "note", "text"):
    metrics.NOTES_UNOPENABLE.labels(_cause)  # at 0: an increase is measured from there

_ALGORITHMS = ["ECDH-ES", "A256GCM"]  # nothing else: no zip, no dir, no RSA


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note for an answer; `note` is None unless `state` is "shown"."""

    note: str | None
    state: State


class _Unopenable(Exception):
    """Why a note does not open, in a word; never with a text."""


class NoteOpener:
    """Opens notes with the master keys; made once a process, for any number of threads.

    `opened` counts by who reads, `unopenable` by the cause.
    """

    def __init__(self, keys: MasterKeys) -> None:
        self._keys = keys
        self._lock = threading.Lock()
        self.opened: Counter[str] = Counter()
        self.unopenable: Counter[str] = Counter()

    @property
    def master(self) -> PublicKey:
        """What new keys of recipients are wrapped to."""
        return self._keys.public

    def open(
        self, given: KudosReceived | NotedTestimonial, stored: StoredNote, reader: Reader
    ) -> OpenedNote:
        """The note of kudos, the narrative of a testimonial. Never raises: what does not open is a
        state."""
        if stored.kid is not None and stored.key is not None and stored.key.wrapped is None:
            return OpenedNote(None, "erased")
        try:
            note = stored.text if stored.kid is None else self._unsealed(_bound(given), stored)
            _check(note, _note if isinstance(given, KudosReceived) else _narrative)
        except _Unopenable as error:
            cause = str(error)
            log.warning("a note cannot be opened", cause=cause, **_named(given))
            metrics.NOTES_UNOPENABLE.labels(cause).inc()
            with self._lock:
                self.unopenable[cause] += 1
            return OpenedNote(None, "unreadable")
        metrics.NOTES_OPENED.labels(reader).inc()
        with self._lock:
            self.opened[reader] += 1
        return OpenedNote(note, "shown")

    def is_current(self, wrapped: str) -> bool:
        """Whether a recipient's key is wrapped to the current master key."""
        try:
            return kid_of(wrapped) == self.master.kid
        except (ValueError, TypeError, KeyError, AssertionError):
            return False

    def rewrapped(self, wrapped: str) -> str | None:
        """A recipient's key wrapped to the current master key; None if it does not open."""
        try:
            members = _decrypted(wrapped, self._master(wrapped), "key")
        except _Unopenable:
            return None
        return seal(json.dumps(members).encode(), self.master, KEY)

    def _unsealed(self, ids: Mapping[str, str], stored: StoredNote) -> str:
        if header_fault(stored.text) is not None:
            raise _Unopenable("header")
        key = stored.key
        if key is None or key.kid != stored.kid or key.wrapped is None:
            raise _Unopenable("unknown key")
        bound = _decrypted(stored.text, self._private(key.wrapped), "note")
        wanted = {"v": 1, **ids}
        if not isinstance(bound, dict) or any(bound.get(k) != v for k, v in wanted.items()):
            raise _Unopenable("binding")
        note: str = bound.get("note", "")
        return note

    def _private(self, wrapped: str) -> OKPKey:
        """The recipient's private key."""
        members = _decrypted(wrapped, self._master(wrapped), "key")
        try:
            return OKPKey.import_key(members)
        except (JoseError, ValueError, TypeError, KeyError):
            raise _Unopenable("key") from None

    def _master(self, wrapped: str) -> OKPKey:
        try:
            kid = kid_of(wrapped)
        except ValueError:
            raise _Unopenable("key") from None
        key = self._keys.by_id.get(kid)
        if key is None:
            raise _Unopenable("master key")
        return key


_note: TypeAdapter[str] = TypeAdapter(PrivateMessage)
_narrative: TypeAdapter[str] = TypeAdapter(PrivateNarrative)
_REGISTRY = JWERegistry(algorithms=_ALGORITHMS)


def _decrypted(token: str, key: OKPKey, what: str) -> Any:
    try:
        opened = jwe.decrypt_compact(token, key, registry=_REGISTRY)
        if opened.plaintext is None:
            raise _Unopenable(what)
        return json.loads(opened.plaintext)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        raise _Unopenable(what) from None


def _bound(given: KudosReceived | NotedTestimonial) -> Mapping[str, str]:
    """The ids that the text inside must name."""
    if isinstance(given, NotedTestimonial):
        return given.bound
    return {
        "program_id": given.program,
        "loop_id": given.loop,
        "kudos_id": given.kudos_id,
        "recipient_id": given.recipient,
    }


def _named(given: KudosReceived | NotedTestimonial) -> dict[str, str]:
    if isinstance(given, NotedTestimonial):
        return {"testimonial_id": given.testimonial_id}
    return {"kudos_id": given.kudos_id}


def _check(note: object, text: TypeAdapter[str]) -> None:
    """Who sealed a note checked its text, or did not: it is checked here again."""
    try:
        text.validate_python(note, strict=True)
    except ValidationError:
        raise _Unopenable("text") from None
