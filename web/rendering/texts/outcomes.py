"""Texts of My learners, of a learner's work, and of My portfolio."""

from web.rendering.wording import Forms

LEARNERS_TITLE = "My learners"
LEARNERS_HEADING = "Your learners"
LEARNERS_LEAD = (
    "What became of their work, as independent assessors saw it. Warnings are for you alone: no "
    "committee sees them, and nothing counts them."
)
NOBODY_HEADING = "Nobody yet"
NOBODY = "A learner is here as soon as you share a loop with them."

# Early warnings
LOOK = "To look at"
NOTHING_TO_LOOK_AT = "Nothing needs your attention at present."
WARNINGS: dict[str, Forms] = {
    "silent": ("No meeting for {n} day", "No meeting for {n} days"),
    "late": ("The last checkpoint was late", "The last {n} checkpoints were late"),
    "flat": ("No rise since the assessment before", "No rise over {n} assessments"),
    "low": ("A row is low at the interim: {names}", "{n} rows are low at the interim: {names}"),
    "due": ("“{names}” is due tomorrow", "“{names}” is due in {n} days"),
}
DUE_TODAY = "“{names}” is due today"
OF_LEARNER = "{name}: {what}"
ANSWER = "What about it?"
ANSWERS: dict[str, str] = {
    "helped": "It helped",
    "wrong": "It is wrong",
    "excused": "It is excused",
}
ANSWERED: dict[str, str] = {
    "helped": "You answered: it helped",
    "wrong": "You answered: it is wrong",
    "excused": "You answered: it is excused",
}
ANSWER_FOR = "{answer}: {what}"
ANSWERED_WARNINGS: Forms = ("{n} answered", "{n} answered")

# Learners in lines
GOING_ON = "In a cohort now"
EARLIER: Forms = ("{n} learner of earlier cohorts", "{n} learners of earlier cohorts")
TRACK = "{track} track"
TOTALS = "{first} of 24 at the baseline, {latest} of 24 at the {phase}"
TOTAL = "{total} of 24 at the {phase}"
TOTAL_ONLY = "{total} of 24"
NOT_ASSESSED = "Not assessed yet"
GAIN = "gain {gain}"
KEPT = "{kept} of {due} checkpoints in time"
LAST_MET = "Last met on {day}"

# Cohorts of a mentor
COHORTS = "Cohort by cohort"
COHORTS_LEAD = (
    "The grey band is the middle half of all learners of the same cohort, the line in it their "
    "median. It is shown from five learners on."
)
COHORT_GAIN = "Gain of your learners in {cohort}"
COHORT_WORDS = "Yours: {own}. Mean {mean}."
COHORT_USUAL = "Of all {n} learners: median {median}, middle half {low} to {high}."
COHORT_TOO_FEW = "Fewer than five learners of the cohort have a gain: what is usual is not shown."
NO_GAIN = "None of them has both a baseline and a later assessment."
FINALS = "Rows of finals"
FINALS_CAPTION = "Rows of finals in {cohort}"
ROW = "Row"
YOURS: Forms = ("Yours, {n} final", "Yours, {n} finals")
USUAL = "Median of the cohort"
MIDDLE = "Middle half"
NONE = "–"

# A learner
LEARNER_TITLE = "{name}’s work"
BACK_TO_LEARNERS = "My learners"
BACK_TO_PROGRAM = "Recognition"
LEARNER_LEAD = "Six rows of 0 to 4, from the baseline on. The dashed line is where a row began."
NO_WORK_HEADING = "Nothing assessed yet"
NO_WORK = "Assessments and checkpoints show here, cohort by cohort."
WITH = "with {names}"
GOES_ON = "goes on"
ENDED = "over"
SUM_GAIN = "Gain"
SUM_LATEST = "Latest total"
SUM_KEPT = "Checkpoints in time"
OF = "{n} of {of}"
ROWS = "Rows"
ROWS_WORDS = "{row}: {points}"
POINT = "{value} at the {phase}"
TABLE = "As a table"
ASSESSMENTS_CAPTION = "Assessments in {cohort}"
PHASE = "Assessment"
TOTAL_HEAD = "Total"
BY: dict[str, str] = {"independent": "independent", "mentor": "by a mentor", "self": "by oneself"}
COUNTS_NOT = "does not count"
CHECKPOINTS = "Checkpoints"
DUE_ON = "due {day}"
RESULTS: dict[str, str] = {"on_time": "In time", "late": "Late", "missed": "Missed"}
CAUSES: dict[str, str] = {
    "none": "",
    "mentor": "through the mentor",
    "learner": "through the learner",
    "excused": "excused",
}
UNNAMED = "Checkpoint"

# My portfolio
PORTFOLIO_TITLE = "My portfolio"
PORTFOLIO_HEADING = "Your portfolio"
PORTFOLIO_LEAD = (
    "How your work grew, as it was assessed. You, your mentors and the coordinators see it."
)
VOICES = "Your testimonials"
VOICES_LEAD = (
    "A mentor may show what you wrote about them on a public page, if you let them. You can take "
    "that back at any time: it is gone from the page at once."
)
NO_VOICES = "You have not written about a mentor yet."
VOICE_FOR = "For {name}"
VOICE_ON = "of {day}"
GIVE_VOICE = "Let it be shown"
GIVE_VOICE_FOR = "Let it be shown: the testimonial for {name}"
WITHDRAW = "Take back"
WITHDRAW_VOICE = "Take back: the testimonial for {name}"
MAY_BE_SHOWN = "May be shown since {day}"
NOT_SHOWN = "Not shown"
EXEMPLARS = "Exemplars of your work"
EXEMPLARS_LEAD = "Mentors ask you before they link to published work of yours from a public page."
ASKED_BY = "{name} asks to link to it"
GIVEN_TO = "{name} may link to it since {day}"
WITHDRAWN = "Taken back on {day}"
REFUSED = "You said no on {day}"
GIVE = "Yes, link to it"
GIVE_FOR = "Yes, link to it: {title}"
REFUSE = "No"
REFUSE_FOR = "No: {title}"
WITHDRAW_LINK = "Take back: {title}"
PAST_CONSENTS: Forms = ("{n} taken back or refused", "{n} taken back or refused")
DONE: dict[str, str] = {
    "answered": "Your answer is kept.",
    "given": "Your consent is given.",
    "withdrawn": "Taken back: it is not shown any more.",
}
