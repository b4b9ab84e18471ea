"""Texts of the page on which coordinators check links to exemplars."""

TITLE = "Links of mentors"
HEADING = "Links of mentors to work"
LEAD = "Nothing is on a public page before somebody has looked at it here."
BACK = "Cases"
HOW = (
    "Open each link. Accept it if it leads to finished work, shows no personal data, and belongs "
    "to the learner who is named, or to nobody."
)
WAITING = "To look at"
NONE_WAITING = "Nothing waits."
CHECKED = "Looked at"
NONE_CHECKED = "None yet."
BY = "{mentor} · added {day}"
SHOWS = "Shows the work of {learner}"
SHOWS_NOBODYS = "Shows nobody's work"
AGREED = "they agree"
NOT_AGREED = "they have not agreed"
NAMED = "The title has the learner's name in it."
OPENS = "Opens another site"
ACCEPT = "Accept"
ACCEPT_OF = "Accept {title}"
REFUSE = "Refuse"
REFUSE_OF = "Refuse {title}"
STATES = {"accepted": "Accepted", "refused": "Refused"}
DONE = {"accepted": "The link is accepted.", "refused": "The link is refused."}
GONE = "This link is not there any more."
WRONG_HEADING = "That was not saved"
