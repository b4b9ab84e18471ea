"""Texts of reviews: what somebody is asked to review, the dossier, rating row by row."""

from web.rendering.wording import Forms

TITLE = "Reviews"
HEADING = "Reviews you are asked for"
LEAD = (
    "A draw picks who reviews whom. You see the work without names. That it was you is shown to "
    "nobody; an auditor can open it, and each look is recorded."
)
OPEN = "Waiting for you"
OPEN_EMPTY_HEADING = "Nothing waits for you"
OPEN_EMPTY = "You are notified when a draw picks you. Until then there is nothing to do."
OVER = "Earlier"
CALIBRATIONS = "Calibrations"
RUBRICS = "How work is rated"

REVIEW_OF = "Review: {rubric}"
STATES = {
    "asked": "Not given yet",
    "given": "Given",
    "declined": "Handed back",
    "lapsed": "Somebody else was asked",
    "closed": "Given, panel closed",
}
OVERDUE = "Late"
ASKED_ON = "Asked on {day}"
DUE = "due {day}"
DAYS_LEFT: Forms = ("{n} day left", "{n} days left")
DAYS_LATE: Forms = ("{n} day late", "{n} days late")
LAST_DAY = "today is the last day"
REVIEW_BUTTON = "Review it"
CHANGE_BUTTON = "Look at it again"
DONE = {
    "given": "Your review is kept. You can change it until the panel closes.",
    "conflict": "It is handed back, and somebody else is asked.",
    "no_time": "It is handed back, and somebody else is asked.",
}

# The page of a review
BACK = "Reviews"
NO_NAMES = "Names are left out."
NOW = {
    "asked": (
        "Read, rate, and say why",
        "Read what is on record, rate every row, and write a few sentences. Others review the same "
        "work; you do not see theirs, and they do not see yours.",
    ),
    "given": (
        "You have given your review",
        "You can change it until the panel closes. Then it counts as it stands.",
    ),
    "declined": ("You handed it back", "Somebody else was asked. Nothing more is asked of you."),
    "lapsed": (
        "Somebody else was asked",
        "The days for it were over. Nothing more is asked of you.",
    ),
    "closed": (
        "The panel has closed",
        "Your ratings count with those of the others. This page, what you gave, is yours alone.",
    ),
}
RATED = "What is rated"
SHOWN_HEADING = "What others see of it"
SHOWN = (
    "Means of the whole panel, once all have reviewed.",
    "Your words among those of the others, in no order. Names in them are taken out.",
    "Never who reviewed, who gave what, or when.",
)

# The dossier
DOSSIER = "What is on record"
DOSSIER_LEAD = "Six months, from what was recorded at the time. Months stand for days."
MEETINGS_TITLE = "Meetings"
MEETINGS: Forms = ("{n} meeting", "{n} meetings")
MONTH = "Month"
WORK_HEADING = "Work with learners that was accepted"
WORK: dict[str, Forms] = {
    "scoping_brief": ("{n} scoping brief", "{n} scoping briefs"),
    "feedback_round": ("{n} round of feedback", "{n} rounds of feedback"),
    "narrative_edit": ("{n} narrative edited", "{n} narratives edited"),
    "exemplar": ("{n} exemplar", "{n} exemplars"),
    "project_notes": ("{n} set of project notes", "{n} sets of project notes"),
    "reflection": ("{n} reflection", "{n} reflections"),
}
NO_WORK = "None in these months"
LEARNERS = "Learner by learner"
LEARNER = "Learner {n}"
NO_LEARNERS = "No learner appears in these months."
CHECKPOINTS: Forms = (
    "{n} checkpoint, {in_time} in time",
    "{n} checkpoints, {in_time} in time",
)
MISSED = {
    "late": "Late in {month}: {why}",
    "missed": "Missed in {month}: {why}",
}
CAUSES = {
    "none": "no cause is on record",
    "mentor": "it was up to the mentor",
    "learner": "it was up to the learner",
    "excused": "excused",
}
ROW = "Portfolio"
ASSESSED = "{phase}, {month}"
TOTAL = "All rows, of 24"
ASSESSMENTS_OF = "Assessments of learner {n} by independent assessors"

# Rating
RATE = "Your ratings"
RATE_LEAD = "Choose in each row what describes the work best. Every row needs one."
ROW_OF = "{row}, row {n} of {of}"
NARRATIVE = "Your words"
NARRATIVE_HINT = (
    "What showed it, and what would be a next step. Others read it: write about the work, and "
    "nothing that says who you are or whose work it is."
)
SEND = "Keep my review"
SEND_AGAIN = "Keep the changes"
SEND_HINT = "You can change it until the panel closes."
GAVE = "What you gave"
YOUR_WORDS = "Your words"
NO_WORDS = "You wrote nothing."

WRONG_HEADING = "This was not kept"
RATE_ROW = "Choose a rating."
ROWS_MISSING: Forms = ("{n} row has no rating yet.", "{n} rows have no rating yet.")
BAD_NARRATIVE = "Write your words, at most 8,000 characters, without control characters."
CHOOSE_WHY = "Choose why you hand it back."
REFUSALS = {
    "not-in-state": "The panel has closed in the meantime.",
    "not-allowed": "This review is not open any more.",
    "too-late": "The days for it are over, and somebody else is asked.",
    "statement-needed": BAD_NARRATIVE,
    "key-erased": "Whom this is about has left. Nothing more is asked of you.",
}

# Handing it back
ASIDE = "I cannot review this"
ASIDE_LEAD = (
    "Somebody else is asked at once. A conflict is noted between you and whose work it is, and "
    "reviews of them do not come to you again."
)
ASIDE_WHY = "Why?"
ASIDE_CHOICES = (
    ("conflict", "I know whose work it is, or I am too close to them"),
    ("no_time", "I have no time for it in these days"),
)
ASIDE_WORDS = "More about it, if you like"
ASIDE_WORDS_HINT = "Sealed. Only auditors can open it."
ASIDE_BUTTON = "Hand it back"
