"""Texts of one badge, in the dialog and on its own page."""

BACK = "All badges"
PER_LOOP = "In which loop"
IN_LOOP = "In your loop with {name}"
LEVELS = "Levels"
WHAT_COUNTS = "What counts"
HELD_SINCE = "Held since {day}"
BY_DECISION = "By decision"
NOT_YET = "Not yet"
HOW_TO_START_HEADING = "How it starts"
HOW_TO_START = "Nothing counts toward this yet. What it takes first: {criterion}."
NOT_RECEIVED_HEADING = "Not yet"
NOT_RECEIVED = (
    "A mentoring partner gives this to you for something you did. Nobody has given it to you yet."
)
FROM_WHOM = "Who gave it, and when"
READ_NOTE = "Read note"
RECEIVED = ("Received {n} time", "Received {n} times")
SOMEBODY = "Somebody in your program"
LATEST = "The latest {n} of {total}."
PART_MET = "Done:"
PART_MISSING = "Not yet:"
