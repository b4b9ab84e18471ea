"""Defects of the reading of records: times, names, what is refused and how."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_READING = "engine.intake.parse:_reading"
_EACH_NAME = (
    "data = {{n: {0} if isinstance(v, str) else [{1} for x in v] if isinstance(v, list) else v"
    " for n, v in data.items()}}\n"
    "    place = Place.of(data, model.PERSON)"
)

DEFECTS = (
    Defect(
        "offset-of-a-time-ignored",
        "a time with an offset is read as UTC",
        ("I4",),
        (Edit("events.instants:parse_instant", 'if offset in ("Z", "z"):', "if offset:"),),
        DefectLevel.PURE,
    ),
    Defect(
        "microseconds-cut",
        "times are kept to the millisecond",
        ("I4",),
        (
            Edit(
                "events.instants:parse_instant",
                'fraction[:6].ljust(6, "0")',
                'fraction[:3].ljust(6, "0")',
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "names-trimmed",
        "blanks around ids are cut off",
        ("I4",),
        (
            Edit(
                _READING,
                "place = Place.of(data, model.PERSON)",
                _EACH_NAME.format("v.strip()", "x.strip()"),
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "names-normalised",
        "ids are brought into Unicode's composed form",
        ("I4",),
        (
            Edit(
                _READING,
                "place = Place.of(data, model.PERSON)",
                'norm = __import__("unicodedata").normalize\n    '
                + _EACH_NAME.format('norm("NFC", v)', 'norm("NFC", x)'),
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "self-kudos-accepted",
        "one may give kudos to oneself",
        ("I4",),
        (
            Edit(
                "events.schemas.kudos_given:KudosGiven.between",
                "if giver is not None and",
                "if giver is None and",
            ),
        ),
        DefectLevel.PURE,
    ),
    Defect(
        "unknown-kudos-accepted",
        "kudos of a kind that the catalog lacks are accepted",
        ("I5",),
        (
            Edit(
                "engine.intake.parse:admit",
                "field = _KINDS.get(event)",
                "field = None",
            ),
        ),
        DefectLevel.DATABASE,
        "refused",
    ),
    Defect(
        "future-accepted",
        "events ahead of the clock are accepted",
        ("I5",),
        (Edit("engine.intake.parse:admit", "if time > latest:", "if not time:"),),
        DefectLevel.DATABASE,
        "refused",
    ),
    Defect(
        "oversize-accepted",
        "records over 64 KiB are accepted",
        ("I5",),
        (
            Edit(
                "engine.intake.parse:parse_by_models",
                "len(value) > MAX_BYTES",
                "len(value) > 2 * MAX_BYTES",
            ),
        ),
        DefectLevel.DATABASE,
        "refused",
    ),
    Defect(
        "reason-mistaken",
        "an event of ours on the wrong topic is refused as unknown, not as forbidden",
        ("I5",),
        (
            Edit(
                "engine.intake.parse:parse_by_models",
                "if event.type in OUTPUT:",
                "if not event.type:",
            ),
        ),
        DefectLevel.DATABASE,
        "refused",
    ),
    Defect(
        "lists-compared-in-order",
        "the same people in another order are other content, so a conflict",
        ("I5",),
        (
            Edit(
                "engine.intake.duplicates:conflict",
                "if not differ:",
                "if False:",
            ),
            Edit("engine.intake.fast_path:parse_fast", "ids.sort()", "pass"),
        ),
        DefectLevel.DATABASE,
        "told_twice_in_a_batch",
    ),
    Defect(
        "message-in-the-ledger",
        "a private message is kept with its fact's content",
        ("I11",),
        (
            Edit(
                _READING,
                "content.encode(event_type, time, data)",
                "content.encode(event_type, time, {**data, **private})",
            ),
        ),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "message-in-a-refusal",
        "the detail of a refused record quotes its data",
        ("I11",),
        (
            Edit(
                "engine.intake.parse:parse_by_models",
                '"invalid", str(error)',
                '"invalid", f"{error}: {event.data}"',
            ),
        ),
        DefectLevel.DATABASE,
        "refused",
    ),
)
