"""Texts of My progress: stages, checklists, the facts behind a line."""

from web.rendering.wording import Forms

TITLE = "My progress"
HEADING = "{name}, your progress"
TITLE_OF = "Progress of {name}"
HEADING_OF = "{name}’s progress"
BACK_TO_PERSON = "Their badges"
BACK = "The whole progress"

# Where somebody stands, in a sentence
HOLDS_UNTIL = "{stage}, valid until {day}"
HOLDS = "{stage}"
HOLDS_NOTHING = "No stage yet."
HAS_LAPSED = "{stage} ended on {day}."

# The stages as steps
STAGES = "Stages"
IN_STANDING_UNTIL = "Valid until {day}"
IN_STANDING = "Held since {day}"
KEPT = "Kept by the operator"
BELOW = "Covered by the stage above"
LAPSED = "Was valid until {day}"
NOT_HELD = "Not yet"
NEXT = "Next"
WHAT_IT_OPENS = "What {stage} opens, and what it asks of you"
WHAT_IT_OPENS_OF = "What {stage} opens, and what it asks"
ROLE = "Role"
OPENS = "Opens"
DELIVERABLES = "To hand in"
CHECKPOINTS = "Checkpoints"

# A checklist
NEXT_STAGE = "Next: {stage}"
RENEWAL = "Renewing {stage}"
OPEN_LINES = ("{n} of {of} lines is open", "{n} of {of} lines are open")
ALL_DONE = "All {of} lines are met"
ONE_OPEN = "The one line is open"
ONE_DONE = "The one line is met"
READY = "Ready for the committee."
HOW_TO_APPLY = "A case is opened for you by your program’s coordinator: ask them."
HOW_TO_APPLY_OF = "A coordinator opens the case. The mentor is told of each step."
READY_BY_RULE = "Nobody has to decide: the badge arrives by itself."
NO_DECISION_BY_RULE = "This stage comes by itself as soon as every line is met."
WHEN_DONE = "When every line is met, the committee can decide. Your coordinator opens the case."
WHEN_DONE_OF = "When every line is met, the committee can decide."
DONE_LINES = ("{n} line is met", "{n} lines are met")
OPEN_LABEL = "Open"
DONE_LABEL = "Met"
WHAT_HELPS = "What would help:"
ANY_OF = ("Any {n} of these is enough", "Any {n} of these are enough")
ALL_OF = "All of these together"
OR = " or "
AND = " and "
WINDOW = ("in the last {n} month", "in the last {n} months")
SHOW_FACTS = ("Show the fact that counts", "Show the {n} facts that count")
SHOW_PANELS = ("Show the panel", "Show the {n} panels")
COUNTED = ("{n} fact counts", "{n} facts count")
ALL_FACTS = "All {n} facts"
ALL_PANELS = "All {n} panels"
AMOUNT = "{have} of {need}"
AMOUNT_NEEDED = "{have}, {need} needed"
AVERAGE = "{have} on average"
GAINED = "{have} gained on average"
NO_AMOUNT = "no number yet"
WITHHELD_AMOUNT = "number withheld"
PERCENT = "{n}%"
IN_PANELS = "{sample} ({panels})"
PANELS = ("{n} panel", "{n} panels")
STANDING_UNTIL = "valid until {day}"
STANDING = "in good standing"
NOT_IN_STANDING = "not in good standing"
HELD = "held"
NOT_HELD_YET = "not held yet"
MISSING = "missing"

# What would help, a sentence for each kind of line
MORE = "{n} more"
HELP_COUNT = "{more} would close this."
HELP_GROUPS = "{more} would close this. One counts from {each}."
HELP_RUN = "A run of {need} closes this; the longest so far is {have}."
HELP_SAMPLE: Forms = (
    "{more} is needed before this counts.",
    "{more} are needed before this counts.",
)
HELP_MEAN = "The average is {have}, and {need} is asked for. Each further one above that raises it."
HELP_SHARE = "{have} are as they should be, and {need} have to be. Each further good one raises it."
HELP_GAIN = (
    "From start to end, learners rose by {have} on average, and {need} is asked for. What they "
    "finish from here on counts."
)
HELP_WITHHELD = "The panel needs another review before a number can be shown."
HELP_NOTHING = "Nothing counts toward this yet."
HELP_MISSING = "Still missing: {values}."
HELP_STANDING = "This takes {badge} in good standing."
HELP_HOLDS = "This takes {badge}, which comes before."

# Renewal
RENEWAL_OPENS = "{stage} is valid until {day}. Its renewal opens on {opens}."
RENEWAL_OPEN = "{stage} is valid until {day}. Its renewal is open now: ask your coordinator."
RENEWAL_OPEN_OF = "{stage} is valid until {day}. Its renewal is open now."
RENEWAL_LATE = "{stage} ended on {day}. It can still be renewed: ask your coordinator."
RENEWAL_LATE_OF = "{stage} ended on {day}. It can still be renewed."
RENEWAL_LEAD = "Only what is recent counts here."
RENEWAL_LATER = "What it will ask"

# Nothing more, nothing yet
TOP_HEADING = "There is no further stage"
TOP = "{stage} is the highest stage of this program."
EMPTY_HEADING = "This is where your way through the stages begins"
EMPTY = "Nothing is counted yet. The lines below fill by themselves as you mentor."
ACHIEVEMENTS = "Recognised apart from the stages"
ACHIEVEMENTS_LEAD = "These come by themselves, whatever the stage."
NO_ACHIEVEMENTS = "None yet."
ALL_BADGES = "All badges"
ABOUT_COMMITTEE = "Who should not decide about me"
ABOUT_POLICY = "The rules, and proposals to change them"
PUBLIC_PAGE = "My public page"
ABOUT_FAIRNESS = "How far groups come"
ABOUT_RUBRICS = "How work is rated, and what the ratings count for"
AS_OF = "As of {at}."

# The facts behind a line
FACTS_TITLE = "What counts"
FACTS_HEADING = "What counts for: {line}"
FACTS_OF_STAGE = "{stage} · as of {at}"
FACTS_OF_RENEWAL = "Renewing {stage} · as of {at}"
NO_FACTS = "Nothing counts toward this line yet."
LEARNER = "of {name}"
PANEL_CLOSED = "Panel of {day}"
PANEL_REVIEWS = ("{n} review", "{n} reviews")
PANEL_SCORE = "mean {score}"
PANEL_WITHHELD = "Too few reviews to show means without showing a single one."
PANELS_LEAD = "A panel is shown as a whole, never a single review or who wrote it."
FURTHER = "More"
FIRST = "First"

UNITS: dict[str, Forms] = {
    "mentoring.meeting.completed.v1": ("{n} meeting", "{n} meetings"),
    "mentoring.survey.submitted.v1": ("{n} survey", "{n} surveys"),
    "mentoring.quiz.passed.v1": ("{n} quiz", "{n} quizzes"),
    "mentoring.kudos.given.v1": ("{n} kudos", "{n} kudos"),
    "mentoring.milestone.completed.v1": ("{n} milestone", "{n} milestones"),
    "mentoring.portfolio.assessed.v1": ("{n} assessment", "{n} assessments"),
    "mentoring.checkpoint.closed.v1": ("{n} checkpoint", "{n} checkpoints"),
    "mentoring.deliverable.accepted.v1": ("{n} accepted piece", "{n} accepted pieces"),
    "mentoring.review.submitted.v1": ("{n} review", "{n} reviews"),
    "mentoring.testimonial.given.v1": ("{n} testimonial", "{n} testimonials"),
    "mentoring.contribution.made.v1": ("{n} contribution", "{n} contributions"),
    "mentoring.stewardship.recorded.v1": ("{n} service", "{n} services"),
    "mentoring.training.completed.v1": ("{n} course", "{n} courses"),
    "mentoring.decision.recorded.v1": ("{n} decision", "{n} decisions"),
    "mentoring.reward.granted.v1": ("{n} reward", "{n} rewards"),
}
"""By type of fact: so many of them."""
OTHER_UNIT: Forms = ("{n} fact", "{n} facts")
PAIR_UNIT: Forms = ("{n} before-and-after pair", "{n} before-and-after pairs")
DISTINCT_UNITS: dict[str, Forms] = {
    "cohort_id": ("{n} cohort", "{n} cohorts"),
    "learner_id": ("{n} learner", "{n} learners"),
    "panel_id": ("{n} panel", "{n} panels"),
    "author_id": ("{n} person", "{n} people"),
    "context": ("{n} context", "{n} contexts"),
    "course_id": ("{n} course", "{n} courses"),
    "kind": ("{n} kind", "{n} kinds"),
}
"""By field whose different values are counted: so many of them."""
PERIOD_UNITS: dict[str, Forms] = {
    "day": ("{n} day", "{n} days"),
    "week": ("{n} week", "{n} weeks"),
    "month": ("{n} month", "{n} months"),
    "quarter": ("{n} quarter", "{n} quarters"),
    "year": ("{n} year", "{n} years"),
}
OTHER_VALUES: Forms = ("{n} value", "{n} values")
POINTS: Forms = ("{n} point", "{n} points")
