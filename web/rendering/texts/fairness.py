"""Texts of fairness reports, and of what people declare for them."""

TITLE = "Fairness"
HEADING = "Fairness"
LEAD = "How far mentors come through the stages, by group. Nobody is named."
BACK = "Fairness"
OWN_BUTTON = "What I declare"
QUARTERS = "Quarters"
AS_OF = "As of {day}, the end of {quarter}. Published on {published}."
EMPTY_HEADING = "No report yet"
EMPTY = "The first one is published when a quarter is over."
DONE = {
    "declared": "Kept. It counts from the next report on.",
    "unknown": "That cannot be declared here.",
    "answered": "The answer is kept, and stands in the next minutes.",
    "unanswered": "There was no open flag to answer, or no words.",
}
ALL_HEADING = "Everybody"
STEPS = {
    "eligible": "Ready for a stage",
    "applied": "Applied",
    "granted": "Granted",
    "renewed": "Renewed",
    "rewarded": "Rewarded",
    "appealed": "Appealed",
}
OF = {
    "mentors": "of all mentors",
    "applied": "of those who applied",
    "due": "of those whose term ended or was renewed",
    "declined": "of those who got a no",
}
SHARE = "{part} of {whole}"
PERCENT = "{percent}%"
INTERVAL = "{low} to {high}%"
NOBODY = "Nobody yet"
WITHHELD = "withheld"
DAYS = (
    "Half of the applications decided in this quarter took at most {n} day.",
    "Half of the applications decided in this quarter took at most {n} days.",
)
DIMENSIONS = {
    "cohort": "By the cohort that they began with",
    "track": "By the track of their learners",
    "commitment": "By the hours that they give",
    "context": "By the context of most of their learners",
    "region": "By region",
    "tenure": "By how long they have mentored here",
}
OTHER_DIMENSION = "By {dimension}"
GROUPS = {
    "not-known": "Not known",
    "under-5-hours": "Under 5 hours a month",
    "5-to-10-hours": "5 to 10 hours a month",
    "over-10-hours": "Over 10 hours a month",
    "first-year": "In their first year",
    "second-year": "In their second year",
    "longer": "Longer",
    "north-america": "North America",
    "south-america": "South America",
}
GROUP = "Group"
CAPTION = "{dimension}: so many of each group"
NOT_DECLARED = "Nobody has declared this."
ALL_WITHHELD = "The groups are too small to show anything of them."
SOME_WITHHELD = "Withheld of all groups: {steps}."
FLAGS = {"red": "Red", "amber": "Amber"}
FLAG_HEADING = {"red": "A difference that is hardly chance", "amber": "A difference to look at"}
NO_FLAG = "Of what is shown, no group is far below the highest."
FLAG = "{group}: {step}, {part} of {whole}"
FLAG_WORDS = "{ratio} of the highest rate; a difference like this by chance alone: {p}."
P_OF = "p {p}"
P_BELOW = "p below 0.01"
FLAG_MEANS = {
    "red": "The committee answers this in its minutes.",
    "amber": "Too few people to tell it from chance, and one more would not change it.",
}
LINES_HEADING = "Which lines of {stage} they do not meet"
LINES_CAPTION = "How many of each group do not meet a line of {stage}"
LINE = "Line"
ALL = "All"
ANSWER_HEADING = "The committee's answer"
ANSWERED = "{answer} ({day})"
ANSWER_LABEL = "Answer, for the minutes: which line, and what will be done"
ANSWER_HINT = "Everybody of the program reads it. Name nobody."
ANSWER_BUTTON = "Answer"
RULES_HEADING = "How to read this"
RULES = (
    "A share is withheld if it rests on fewer than {k} people, or on one or two who differ. More "
    "shares are withheld where they would let one be worked out.",
    "A band is where the share may really be (95%); the mark in it is the share.",
    "Red: below {ratio} of the highest rate, and hardly by chance (p below {p}). Amber: below it, "
    "perhaps by chance, and one more would not lift it.",
)
DIGEST = "Seal"
OWN_TITLE = "What I declare"
OWN_HEADING = "What I declare"
OWN_LEAD = (
    "Only for the fairness report, which shows groups and never people. You need not declare "
    "anything, and can take it back."
)
OWN_LABELS = {"commitment": "Hours that I give in a month", "region": "Where I live"}
OWN_NOTHING = "I do not say"
OWN_SAVE = "Keep this"
OWN_EMPTY = "This program asks for nothing here."
