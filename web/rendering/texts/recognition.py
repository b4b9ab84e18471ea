"""Texts of the coordinator's page of recognition."""

from web.rendering.wording import Forms

TITLE = "Recognition"
HEADING = "How mentoring does"
LEAD = "Outcomes of learners, and mentors to look at, as of {at}."
LINKS = "More of recognition"
LINKS_TO: tuple[tuple[str, str], ...] = (
    ("cases", "Cases and deadlines"),
    ("panels", "Panels of reviewers"),
    ("calibrations", "Calibrations"),
    ("fairness", "Fairness"),
    ("rewards", "Rewards"),
    ("bench", "Bench"),
    ("pairings", "Pairings"),
    ("rubrics", "Rubrics"),
    ("policy", "Policy"),
    ("exemplars", "Exemplars to check"),
)
"""Pages of a program and what they are called; those that are there are linked."""

ATTENTION = "To look at"
NOTHING = "Nothing needs attention at present."
LAPSING = "Stages that end"
LAPSES = "{stage}, until {day}"
LAPSED = "{stage}, ended on {day}: the time of grace runs"
OVERLOADED = "Many learners at a time"
LEARNERS: Forms = ("{n} learner", "{n} learners")
UNRECOGNISED = "No recognition for a year"
UNRECOGNISED_LEAD = "They met learners within the year, and received neither a badge nor kudos."
QUIET = "Inputs that fell quiet"
QUIET_ONE = "{what}: last on {day}, usually every {days}"
DAYS: Forms = ("{n} day", "{n} days")
WARNINGS = "Early warnings to mentors"
WARNINGS_LEAD = "Only as counts: each warning is between a mentor and their learner."
KIND = "Warning"
WARNING_KINDS: dict[str, str] = {
    "silent": "No meeting for long",
    "late": "Late checkpoints in a row",
    "flat": "No rise",
    "low": "A low row at the interim",
    "due": "Due within days",
}
OPEN = "Open"
HELPED = "Helped"
WRONG = "Wrong"
EXCUSED = "Excused"

COHORTS = "Cohorts"
COHORTS_LEAD = (
    "The median gain of each cohort, with the middle half of its learners, and the median of all "
    "cohorts before it. Over fewer than five learners nothing is shown. A cohort that goes on, "
    "drawn with a broken line, is not compared."
)
COHORT = "Cohort"
LEARNERS_HEAD = "Learners"
GAIN = "Median gain"
MIDDLE = "Middle half"
BEFORE = "Before it"
DIFFERENCE = "Difference"
N = "{value} (n {n})"
TOO_FEW = "too few (n {n})"
GOES_ON = "goes on"
SPAN = "{first} – {last}"
TREND_TITLE = "Median gain, cohort by cohort"
NO_COHORTS = "No learner’s work was assessed yet."

BASELINES = "Baselines"
BASELINES_LEAD = (
    "What was usual in a cohort and track. It is frozen four weeks after the last that happened in "
    "the cohort, and looked at once a year: a threshold changes with a new policy."
)
TRACK = "Track"
TOTALS = "Baseline total"
GAINS = "Gain"
KEPT = "Checkpoints in time"
STATE = "State"
FROZEN = "frozen {day}"
REVIEWED = "looked at {day}"
NOT_FROZEN = "as of now"
USUAL = "{median} ({low}–{high})"
REVIEW = "I looked: they still fit"
REVIEWED_DONE = "Noted that you looked at the baselines."

RETENTION = "Mentors who stay"
RETENTION_LEAD = (
    "Of the mentors with two meetings or more in a quarter, how many have so in the same quarter a "
    "year later."
)
QUARTER = "Quarter"
STAGE = "Stage a year before"
STAYED = "Stayed"
OF = "{n} of {of}"
OF_RATE = "{n} of {of} ({rate})"
NO_STAGE = "No stage"
EVERYBODY = "Everybody"
NONE = "–"
DONE: dict[str, str] = {"reviewed": REVIEWED_DONE}
