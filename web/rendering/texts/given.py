"""Texts of the page of kudos that somebody gave."""

TITLE = "Kudos you gave"
HEADING = "Kudos you gave"
LEAD = "What you gave in the last 30 days, latest first. Private notes are not shown again."
BACK = "All badges"
GIVE = "Give kudos"
TO = "{badge} to {name}"
IN_LOOP = "in {loop}"
STATES = {
    "held": "On its way.",
    "sending": "On its way.",
    "waiting": "It waits here. We will send it as soon as we can.",
    "sent": "On its way.",
    "late": "On its way. This is taking longer than usual; nothing is lost.",
    "awarded": "{name} has it.",
    "refused": "It could not be given. {reason}",
    "cancelled": "Undone. Nothing was sent.",
    "withdrawing": "It is being withdrawn.",
    "withdrawn": "Withdrawn. {name} does not have it.",
}
WITHOUT_REASON = "Ask your program's coordinator why."
UNDO_WITHIN = ("You can undo this for {n} second.", "You can undo this for {n} seconds.")
WITHDRAW_UNTIL = "You can withdraw it until {time}."
UNDO = "Undo"
WITHDRAW = "Withdraw"
ACTION_LABEL = "{action}: {badge} to {name}"
TOO_LATE_HEADING = "It is too late to take this back"
TOO_LATE = "It can no longer be withdrawn. Your program's coordinator may be able to help."
NOTHING_STANDS_HEADING = "There is nothing to take back"
NOTHING_STANDS = "It was not given, or is no longer held. See its line for what became of it."
EMPTY_HEADING = "You have given no kudos yet"
EMPTY = "Thank somebody you work with for what they do well; it takes a minute."
OLDER = "Older"
NEWEST = "Newest"
