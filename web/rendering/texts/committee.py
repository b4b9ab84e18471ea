"""Texts of the people of the committee, their terms and leave, and conflicts of interest."""

from web.rendering.wording import Forms

TITLE = "The committee"
HEADING = "The committee"
LEAD = "Who decides about stages, until when, and who does not decide about whom."
SUMMARY = "{members} decide now; {least} to {most} are meant to. {approvers} have to sign."
MEMBERS: Forms = ("{n} person", "{n} people")
TOO_FEW = "Too few: at least {quorum} without a conflict are needed, or cases wait."
BACK_TO_DESK = "Committee desk"
BACK_TO_CASES = "Cases"
BACK_TO_PROGRESS = "My progress"
NOT_SHOWN = "Who they are is shown when they have decided."

PEOPLE = "People"
ROLES = {
    "member": "Member",
    "chair": "Chair",
    "auditor": "Auditor",
    "reviewer": "Reviewer",
    "bench": "Substitute",
}
ROLE_HINTS = {
    "member": "decides on cases",
    "chair": "also opens decisions again, and seals minutes",
    "auditor": "sees everything, decides nothing",
    "reviewer": "reviews the practice of mentors",
    "bench": "steps in when members have conflicts",
}
TERM = "Term until {day}"
NO_TERM = "No end of term"
LEAVE = "On leave until {day}"
DOES_NOT_SIT = "Does not decide now"
EMPLOYER = "Employer: {employer}"
SEATS: Forms = ("{n} open case", "{n} open cases")
NO_PEOPLE_HEADING = "Nobody is on the committee yet"
NO_PEOPLE = "A coordinator adds members. Until then no case can be decided."

EDIT = "Change"
EDIT_OF = "Change {name}"
ROLES_LABEL = "Part in the committee"
TERM_LABEL = "Last day of the term"
LEAVE_LABEL = "On leave until"
EMPLOYER_LABEL = "Employer"
EMPLOYER_HINT = "Two people with the same employer do not decide about each other."
SAVE = "Save"
ADD = "Add somebody"
ADD_LABEL = "Participant id"
ADD_HINT = "As on their page under People."
ADD_BUTTON = "Add"
MINE = "You"
MINE_LEAD = "What you say of yourself here is used to keep you out of what you should not decide."
ON_LEAVE_HINT = "No new cases come to you until then."

CONFLICTS = "Conflicts of interest"
CONFLICTS_LEAD = (
    "Shared loops and pairings are known already. Declare what is not: family, or anything else "
    "that should keep two people from deciding about each other."
)
NO_CONFLICTS = "None are declared."
WHY = {"family": "Family", "employer": "Same employer", "declared": "Declared"}
BETWEEN = "{one} and {other}"
SINCE = "since {day}"
END = "End it"
END_OF = "End it: {one} and {other}"
DECLARE = "Declare a conflict of yours"
OTHER_LABEL = "With whom (participant id)"
WHY_LABEL = "Why"
WHY_CHOICES = (("family", "Family"), ("employer", "Same employer"), ("declared", "Another reason"))
DECLARE_BUTTON = "Declare it"

DONE = {
    "saved": "It is saved.",
    "declared": "The conflict is declared.",
    "ended": "The conflict has ended.",
    "changed": "Somebody else changed this meanwhile. This is how it stands now; change it again.",
}
WRONG_HEADING = "That did not work"
NOT_YOURS = "Who declared it, or a coordinator, ends it."
BAD_DATE = "Write a day such as 2027-03-31."
YOURSELF = "Name somebody else."
