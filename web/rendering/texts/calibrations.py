"""Texts of calibrations: rating anchors, how far raters agree, and keeping anchors."""

from web.rendering.wording import Forms

TITLE = "Calibration"
HEADING = "Calibration"
LEAD = (
    "Reviewers rate the same pieces of work, and see whether they mean the same by a rating. "
    "No score is ever changed by it."
)
KEEP_LINK = "Anchors"
RUBRIC = "{rubric}, version {version}"

MINE = "For you"
MINE_EMPTY = "Nothing waits for your ratings."
RATED = "{rated} of {of} anchors rated"
BEGIN, GO_ON, LOOK = "Begin", "Go on", "Look through it again"
DUE = "until {day}"

RESULTS_MINE = "Your own ratings"
RESULTS_LEAD = "Only you see this. Take it to the meeting; it is what the meeting is for."
FINDINGS = {
    "passed": "You may review under this rubric.",
    "coached": (
        "Your ratings are too far from what was agreed. Talk to a coordinator; you are on no panel "
        "of this rubric until a later calibration lets you pass."
    ),
    "too_few": "You rated too few anchors to say anything.",
}
FINDING_TAGS = {"passed": "Passed", "coached": "Coached", "too_few": "Too few rated"}
BIAS = {
    "above": "On average {by} of a level above what was agreed; {exact}% exactly as agreed.",
    "below": "On average {by} of a level below what was agreed; {exact}% exactly as agreed.",
    "level": "On average as was agreed; {exact}% exactly.",
}
BIAS_NONE = "Nothing was rated."
ROW = "Row"
MINE_COLUMNS = ("Row", "Too high or low", "Exactly as agreed")
EXACT_OF = "{exact} of {of}"
MINE_CAPTION = "How far you are from the anchors, row by row"

ALARMS = "What to look at"
ALARM = {
    "paused": "Raters disagree on a row twice running: decisions that hang on it wait.",
    "unreliable": "Raters disagree on {row}: it is unreliable. Call a meeting about it.",
    "fell": "Agreement on {row} fell from {before} to {now}.",
    "spread": "In {wide} of {of} panels of {quarter} the scores were far apart.",
    "due": "A calibration is due since {since}.",
    "never": "There was no calibration yet.",
}

AGREEMENT = "How far raters agree"
AGREEMENT_COLUMNS = ("Row", "Agreement", "It is")
AGREEMENT_CAPTION = "Agreement of raters, row by row: {rubric}, {day}"
AGREEMENT_HINT = (
    "Krippendorff's alpha: 1 is full agreement, 0 what chance gives. The bar is the interval that "
    "95 of 100 samples of the anchors leave it in."
)
BANDS = {
    "good": "good",
    "fair": "fair: one more seat",
    "poor": "unreliable",
    "undefined": "undefined",
    "too_few": "too few raters",
}
INTERVAL = "{low} to {high}"
UNDEFINED = "undefined: nothing varies"
TOOK_PART: Forms = ("{n} person took part", "{n} people took part")
OF_ASKED = "of {asked} asked"
COACHED: Forms = ("{n} coached", "{n} coached")
HELD_ON = "Closed on {day}"
OPEN_NOW = "Open until {day}"
COMPARING = "Closed; what was given is compared in a moment. Reload the page."
FOR_COACHED = "for who is coached"
BEGUN = "{begun} of {asked} have begun"
EARLIER = "Earlier calibrations"
PEOPLE = "Who is asked"
PERSON_RATED = "{rated} of {of}"
PERSON_DONE = "took part"
PERSON_MISSING = "did not take part"
PERSON_COACHED = "coached"
NONE_YET = "No calibration of this rubric yet."

OPEN_LEAD = "All reviewers who are not on leave are asked to rate {needed} anchors."
OPEN_BUTTON = "Ask all reviewers"
OPEN_COACHED = "Ask who is coached"
TOO_FEW_ANCHORS = "It needs {needed} anchors, of which there are {anchors}."
CLOSE_BUTTON = "Close it now"
CLOSE_HINT = "It closes by itself after its last day."

EMPTY_HEADING = "Nothing to calibrate"
EMPTY = "There was no calibration yet. A coordinator opens one."

DONE = {
    "rated": "Thank you: every anchor is rated.",
    "saved": "Saved. The next one:",
    "opened": "It is open, and everybody who is asked is notified.",
    "closed": "It is closed. What was given is compared in a moment.",
    "kept": "The anchor is kept.",
    "retired": "The anchor is in no new calibration.",
}
NO_RUBRIC = "The program rates under no such rubric."
WRONG_HEADING = "That did not work"

# ---- rating one anchor

ANCHOR_TITLE = "Anchor {number} of {of}"
ANCHOR_LEAD = "Rate what stands here alone, row by row. Nobody is named in it."
STEPS = "Anchors"
STEP_RATED = "rated"
STEP_OPEN = "not rated yet"
RATE = "Your ratings"
SAVE_NEXT = "Save and go on"
SAVE = "Save"
CLOSED = "The calibration is closed. This is what you gave."
NOT_RATED = "You did not rate this one."
RATE_ROW = "Choose a level."
ROWS_MISSING: Forms = ("{n} row has no rating yet.", "{n} rows have no rating yet.")
BACK = "Calibration"

# ---- keeping anchors

ANCHORS_TITLE = "Anchors"
ANCHORS_HEADING = "Anchors"
ANCHORS_LEAD = (
    "Real work, with the consent of whose it is and nobody named in it. Reviewers see the text; "
    "what it was agreed to be stays with coordinators."
)
USABLE = "{usable} of {needed} that a calibration needs"
USES: Forms = ("in {n} calibration", "in {n} calibrations")
KEPT_ON = "kept on {day}"
WHOSE = "work of {name}"
RETIRED = "Retired"
ERASED = "Erased with whose work it was"
SHOW = "Show text and ratings"
RETIRE = "Retire"
RETIRE_OF = "Retire: {title}"
KEEP = "Keep an anchor"
KEEP_TITLE = "Title"
KEEP_TITLE_HINT = "Reviewers see it. Up to 120 characters."
KEEP_TEXT = "The work"
KEEP_TEXT_HINT = "As reviewers will read it, without a name of anybody of the program."
KEEP_WHOSE = "Whose work it is (participant id)"
KEEP_WHOSE_HINT = (
    "They never rate it, and it goes if they leave. Empty for work of nobody in this program."
)
KEEP_RATINGS = "What it is, by consensus"
KEEP_CONSENT = "Whose work it is has consented to its use here, without their name."
KEEP_BUTTON = "Keep it"
NO_CONSENT = "Only work whose author has consented may be kept."
NO_ANCHORS = "None yet."
CHOOSE_LEVEL = "Choose"
LEVEL = "{level} · {words}"
