"""I5 on the topic of dead letters: a signal missing, doubled otherwise, too telling, is caught."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.verification.checker.caught import Spoil, caught
from tests.verification.checker.seen import Observations, PublishedRecord

Records = tuple[PublishedRecord, ...]


def spoiling(change: Callable[[Records], Records]) -> Spoil:
    """Other records on the topic of dead letters; each is told once to begin with."""

    def corrupt(seen: Observations) -> Observations:
        once = {record.value: record for record in seen.dead_letters.records}
        records = change(tuple(once.values()))
        return replace(seen, dead_letters=replace(seen.dead_letters, records=records))

    return corrupt


def first(**fields: object) -> Spoil:
    """The first signal under another key, with other headers, or of other bytes."""
    return spoiling(lambda all_: (replace(all_[0], **fields), *all_[1:]))  # type: ignore[arg-type]


def saying(**fields: object) -> Callable[[PublishedRecord], PublishedRecord]:
    """A signal that says something else."""

    def change(record: PublishedRecord) -> PublishedRecord:
        said = json.loads(record.value or b"") | fields
        return replace(record, value=json.dumps(said).encode())

    return change


def first_saying(**fields: object) -> Spoil:
    """The first signal says something else."""
    return spoiling(lambda all_: (saying(**fields)(all_[0]), *all_[1:]))


SPOILED: dict[str, tuple[str, Spoil]] = {
    "it is never sent": ("never signalled", spoiling(lambda all_: all_[1:])),
    "it is about a good record": ("is not refused", first_saying(offset=9_999)),
    "it gives another reason": ("must say", first_saying(reason="oversize?")),
    "it gives another detail": ("detail is 'other', kept is", first_saying(detail="other")),
    "it is of another version": ("engine_version is '0', kept", first_saying(engine_version="0")),
    "it names another catalog": ("catalog_digest is '0', kept", first_saying(catalog_digest="0")),
    "it holds what was refused": ("has fields", first_saying(value="…")),
    "it is about another topic": ("is about topic another", first_saying(topic="another")),
    "it cannot be read": ("cannot be read", first(value=b"{")),
    "it has a key": ("has a key", first(key=b"loop")),
    "it has other headers": ("has headers", first(headers=())),
    "a repeat of it differs": (
        "is not as the first",
        spoiling(lambda all_: (*all_, saying(detail="otherwise")(all_[0]))),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_wrong_signal_is_caught(seen: Observations, case: str) -> None:
    words, corrupt = SPOILED[case]
    caught(corrupt(seen), "I5", words)
