"""Texts of a coordinator's list of cases and their deadlines."""

from web.rendering.wording import Forms

TITLE = "Cases"
HEADING = "Cases"
LEAD = "What the committee is asked to decide, and until when. Late ones come first."
LATE: Forms = ("{n} is late", "{n} are late")
NONE_LATE = "Nothing is late."
TODAY = "Today is {day}."
DUE = "Until {day}"
NO_DUE = "No date"
WAITING = "Waits for you"
OPEN = "Open"
ENDED = "Ended"
EMPTY_HEADING = "No cases"
EMPTY = "A case opens when a mentor applies, or when a renewal is due."
BELOW_QUORUM = "Too few members"
COMMITTEE = "People of the committee"
MINUTES = "Minutes"
PANELS = "Panels"
POLICY = "Policy"
EXEMPLARS = "Links of mentors"
CASE_OF = "{matter} of {name}"
