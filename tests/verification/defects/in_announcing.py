"""Defects of what is said: order, ids, totals, what may not be said."""

from tests.verification.defects.defect import Defect, DefectLevel
from tests.verification.defects.edit import Edit

_ANNOUNCING = "engine.awards.messages"

DEFECTS = (
    Defect(
        "levels-in-any-order",
        "levels reached at one instant are announced highest first",
        ("I3",),
        (
            Edit(
                f"{_ANNOUNCING}:_order",
                "catalog.level_rank.get(",
                "-catalog.level_rank.get(",
            ),
        ),
        DefectLevel.DATABASE,
        "from_four_to_fifteen",
    ),
    Defect(
        "messages-of-a-commit-unordered",
        "the messages of a commit are not put in order",
        ("I3",),
        (
            Edit(
                f"{_ANNOUNCING}:messages",
                "ordered.sort(key=itemgetter(0))",
                "ordered.sort(key=lambda item: item[1].value)",
            ),
        ),
        DefectLevel.DATABASE,
        "from_four_to_fifteen",
    ),
    Defect(
        "message-ids-by-chance",
        "an event's id is drawn by chance",
        ("I2",),
        (
            Edit(
                f"{_ANNOUNCING}:_message",
                "message_id(award.id, announced.revision)",
                'str(__import__("uuid").uuid4())',
            ),
        ),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "announced-date-off-by-a-digit",
        "an announcement shows another date than was decided",
        ("I6",),
        (
            Edit(
                f"{_ANNOUNCING}:_message",
                "time, event_type = award.time, BadgeAwarded.TYPE",
                'award = __import__("msgspec").structs.replace(\n'
                '            award, time=award.time[:18] + "7" + award.time[19:]\n'
                "        )\n"
                "        time, event_type = award.time, BadgeAwarded.TYPE",
            ),
        ),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "cause-of-the-award-not-of-the-loss",
        "a revocation names no retraction",
        ("I6",),
        (
            Edit(
                f"{_ANNOUNCING}:_message",
                "**_reason(cause)",
                '"reason": "fact_retracted", '
                '"evidence": [{"type": e.type, "id": e.id} for e in award.evidence]',
            ),
        ),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
    Defect(
        "total-off-by-one",
        "a total of kudos leaves out the one it comes with",
        ("I7",),
        (
            Edit(
                f"{_ANNOUNCING}:_totals",
                "running[who] += -1 if cause is not None else 1\n"
                "        totals.append(running[who] if who is not None else None)\n",
                "totals.append(running[who])\n"
                "            running[who] += -1 if cause is not None else 1\n"
                "        else:\n"
                "            totals.append(None)\n",
            ),
        ),
        DefectLevel.DATABASE,
        "from_four_to_fifteen",
    ),
    Defect(
        "message-in-an-announcement",
        "an award for kudos carries the private message",
        ("I11",),
        (
            Edit(
                "engine.handlers.steps.project:_project",
                "    decide.write(tx, changes)",
                "    notes = {t.fact.id: t.note.text for t in parsed.values() if t.note}\n"
                "    for number, message in enumerate(projected.messages):\n"
                "        event = award_messages.msgspec.json.decode(message.value)\n"
                '        note = notes.get(event["data"].get("occurrence"))\n'
                "        if note:\n"
                '            event["data"]["message"] = note\n'
                "            projected.messages[number] = message._replace(\n"
                "                value=award_messages.msgspec.json.encode(event)\n"
                "            )\n"
                "    decide.write(tx, changes)",
            ),
        ),
        DefectLevel.DATABASE,
        "champion_is_lost",
    ),
)
