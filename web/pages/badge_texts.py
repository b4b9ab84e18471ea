"""Texts of one badge, in the dialog and on its own page."""

BACK = "All badges"
LEVELS = "Levels"
WHAT_COUNTS = "What counts"
HELD_SINCE = "Held since {day}"
BY_DECISION = "By decision"
NOT_YET = "Not yet"
HOW_TO_START = "Nothing of this counts yet. What is listed here is how it starts."
NOT_RECEIVED = "Nobody has given you this yet."
HOW_KUDOS_START = (
    "A partner gives it to recognise something you did. You can give kudos to them, too."
)
FROM_WHOM = "From whom"
RECEIVED = ("Received {n} time", "Received {n} times")
FROM = "From {name}"
SOMEBODY = "Somebody in your program"
WITH_NOTE = "With a personal note"
PART_MET = "Done:"
PART_MISSING = "Still to do:"
LOOP = "In loop"
EARNED = "Earned"
