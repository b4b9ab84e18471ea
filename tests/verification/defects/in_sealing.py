"""Defects of private notes: whom they are sealed to, what is readable, what an erasure leaves."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_KEEP = "engine.store.facts.messages:keep"
_MAKE = "engine.store.note_keys:make"
_DATABASE = DefectLevel.DATABASE

DEFECTS = (
    Defect(
        "clear-note-stored",
        "a note that came in clear is stored as it came",
        ("I5", "I11"),
        (Edit(_KEEP, "sealed(parsed.fact, note.text, key)", "note.text"),),
        _DATABASE,
        "notes_to_several",
    ),
    Defect(
        "one-key-for-a-batch",
        "people whose keys are made in one batch get the same",
        ("I5",),
        (
            Edit(
                _MAKE,
                "[new_key_pair() for _ in missing]",
                "[new_key_pair()] * len(missing)",
            ),
        ),
        _DATABASE,
        "notes_to_several",
    ),
    Defect(
        "sealed-to-the-giver",
        "a note is sealed to the key of who wrote it",
        ("I5",),
        (
            Edit(
                "engine.store.facts.messages:reader_of",
                "INPUT[fact.type].NOTE_FOR",
                '"giver_id"',
            ),
        ),
        _DATABASE,
        "notes_to_several",
    ),
    Defect(
        "note-bound-to-no-kudos",
        "a note does not say which kudos it belongs to",
        ("I5",),
        (Edit("engine.store.facts.messages:bound_to", "model.KEY: fact.id", 'model.KEY: ""'),),
        _DATABASE,
        "notes_to_several",
    ),
    Defect(
        "key-not-wrapped",
        "private keys are stored beside what they open, readable",
        ("I5",),
        (
            Edit(
                "engine.store.note_keys:_wrap",
                "seal(msgspec.json.encode(private), master, KEY)",
                "msgspec.json.encode(private).decode()",
            ),
        ),
        _DATABASE,
        "notes_to_several",
    ),
    Defect(
        "sealed-note-sealed-again",
        "a note that came sealed is taken for one in clear",
        ("I5",),
        (Edit("engine.intake.parse:_note", "is_sealed=True", "is_sealed=False"),),
        _DATABASE,
        "notes_to_several",
    ),
    Defect(
        "sealed-note-to-the-erased",
        "a note that comes sealed to somebody who was erased is stored",
        ("I5",),
        (
            Edit(
                _KEEP,
                "note.is_sealed and (key is not None or reader not in known)",
                "note.is_sealed",
            ),
        ),
        _DATABASE,
        "somebody_is_erased",
    ),
    Defect(
        "key-made-again",
        "the first note to somebody who was erased makes them a new key",
        ("I5",),
        (
            Edit(_KEEP, "reader not in known}", "known.get(reader) is None}"),
            Edit(
                _MAKE,
                "ON CONFLICT DO NOTHING",
                "ON CONFLICT (program, participant) DO UPDATE SET kid = excluded.kid, "
                "public = excluded.public, wrapped = excluded.wrapped, erased_at = NULL",
            ),
        ),
        _DATABASE,
        "somebody_is_erased",
    ),
)
