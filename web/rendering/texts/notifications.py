"""Texts of the page of notifications."""

TITLE = "Notifications"
HEADING = "Notifications"
UNREAD = ("{n} unread", "{n} unread")
ALL_READ = "All read"
MARK_ALL = "Mark all as read"
NEW = "New"
TODAY = "Today"
YESTERDAY = "Yesterday"
EARNED = "You earned {badge}"
EARNED_LEVEL = "You earned {badge}, {level}"
ENDING = "{badge} is valid until {day}"
RECEIVED = "{name} gave you {badge}"
RECEIVED_FROM_SOMEBODY = "You received {badge}"
INVITED = "You met {names}"
INVITED_ON = "You met {names} {when}."
ON_WEEKDAY = "on {weekday}"
ON_DAY = "on {day}"
RECOGNISE = "Recognise them for something?"
GIVE = "Give kudos"
GIVE_TO = "Give kudos to {names}"
NOT_NOW = "Not now"
NOT_NOW_FOR = "Not now: no kudos to {names}"
DISMISSED = "It is off your list. You can give kudos at any time."
REPORT_DISMISSED = "A coordinator looked at the note you reported and left it as it is"
KUDOS_REMOVED = "A coordinator removed kudos to you, with the note you reported"
GIFT_REMOVED = "A coordinator removed kudos that you gave"
OWN_CASE = {
    "acknowledged": "Your application has arrived",
    "lines_open": "Your application has arrived. Some lines are open: go on with it, or wait",
    "frozen": "The evidence of your case is frozen, and the committee will look at it",
    "on_desk": "Your case is on the committee's desk",
    "decided": "The committee has decided about your case",
    "hearing": "The committee asks whether a stage of yours stands. You can answer first",
    "appeal_settled": "Your appeal is settled",
    "renewal_opens": "A stage of yours ends soon. Its renewal is open",
    "appeal_lodged": "Your appeal has arrived",
    "drawn": "A panel was drawn for your case",
    "panel_closed": "The panel of your case has closed",
}
"""Of a case that is about the reader, by what has moved."""
A_CASE = {
    "on_desk": "A case is on the committee's desk",
    "seat": "A case waits for you on the committee's desk",
    "decided": "A case is decided",
    "hearing": "A hearing has begun",
    "appeal_lodged": "Somebody appeals against a decision",
    "appeal_settled": "An appeal is settled",
    "overdue": "A case is overdue",
    "below_quorum": "A case has too few members: people of governance are missing",
    "sample": "A decided case waits for you to judge it once more",
    "seats_open": "A panel has open seats: nobody is free to review",
    "review_asked": "You are asked for a review",
    "calibration_asked": "A calibration waits for your ratings",
    "reward": "A reward of yours has news: it is given, or asks for your consent",
    "pairing": "You are paired with a mentor",
}
"""Of a case of somebody else."""
CASE_MOVED = {True: "Your case has moved", False: "A case has moved"}
"""Of what has no words of its own."""
OPEN_CASE = "Open the case"
OPEN_DESK = "Open the desk"
ELSEWHERE = {
    "review_asked": ("reviews", "Open your reviews"),
    "calibration_asked": ("calibrations", "Open the calibration"),
    "reward": ("rewards", "Open rewards"),
    "pairing": ("pairings", "Open pairings"),
}
"""Of news that are about no case: the page that they link to, and the words of the link."""
NO_LONGER_HELD = "No longer held"
EARNED_EARLIER = "Earned earlier"
READ_NOTE = "Read the note"
EMPTY_HEADING = "Nothing yet"
EMPTY = "When you earn a badge, or somebody gives you kudos, you hear of it here."
TO_BADGES = "See your badges"
OLDER = "Older notifications"
NEWEST = "Newest notifications"
