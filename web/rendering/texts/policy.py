"""Texts of the policy of a program: what is in force, what it was, what it might be."""

TITLE = "Policy"
HEADING = "The rules of recognition"
LEAD = "What the program asks, since when, who adopted it and why."
BACK = "My progress"
BACK_TO_CASES = "Cases"
WRONG_HEADING = "That was not possible"
IN_FORCE = "In force"
SINCE = "Adopted on {day} by {by}"
FROM_THE_BEGINNING = "In force since the program began."
NO_POLICY = "This program has no policy: badges follow from rules alone."
DIGEST = "Fingerprint"
DIGEST_HINT = "Decisions name the policy that they were made under by this."
LINES = "What stages ask"
RUBRICS = "How work is rated"
HISTORY = "History"
HISTORY_LEAD = "Every policy that was adopted, the latest first. None is ever deleted."
WHEN = "Adopted"
BY = "By"
WHY = "Why"
POLICY = "Policy"
COMPARE = "What changed"
COMPARE_OF = "What changed on {day}"
FIRST = "The first one"
DIFFERENCES = "What differs"
DIFFERENCES_OF = "From {before} to {after}"
NO_DIFFERENCES = "They say the same."
BEFORE = "Before"
AFTER = "After"
WHERE = "Where"
NOTHING = "nothing"
COMPARE_TWO = "Compare two policies"
FROM = "From"
TO = "To"
COMPARE_BUTTON = "Compare"
SIMULATION = "Whom another number would concern"
SIMULATION_LEAD = (
    "Computed from what everybody has now. It changes nothing: no award moves when a policy does, "
    "only what is asked from then on."
)
LINE = "Line"
ASKS = "now {number}"
ASKS_SAMPLE = "now {number} over at least {sample}"
NUMBER = "Number"
SAMPLE = "Over at least how many"
SAMPLE_HINT = "Of a mean, a share or a gain; else leave it empty."
SIMULATE = "Compute"
RESULT = "{stage}: {line}, if {number} were asked"
RESULT_SAMPLE = "{stage}: {line}, if {number} over at least {sample} were asked"
OF_RENEWAL = "renewing {stage}"
READY_NOW = "ready now"
READY_THEN = "would be ready"
GAINED = "not ready now, but would be"
LOST = "ready now, but would not be"
HOLDING = "of all these hold the stage already"
WHO_GAINED = "Who would be ready"
WHO_LOST = "Who would not be"
NOBODY_CONCERNED = "Nobody is concerned."
TOO_LONG = "There are too many facts to compute this here. The command `eligible` can."
PEOPLE = "Asked of {n} people."
PROPOSALS = "Proposals"
PROPOSALS_LEAD = "Anybody of the program may propose another number, or something else."
NO_PROPOSALS = "No proposals yet."
PROPOSE = "Propose a change"
ABOUT = "About"
ABOUT_ELSE = "Something else"
WORDS = "Why"
WORDS_HINT = "Everybody of the program can read this. Name nobody in it."
PROPOSE_BUTTON = "Propose it"
PROPOSED = "{line}: {number}"
PROPOSED_SAMPLE = "{line}: {number} over at least {sample}"
PROPOSED_BY = "{name} · {day}"
PROPOSED_BY_NOBODY = "Somebody who left · {day}"
WORDS_GONE = "The words were removed."
OLD_LINE = "a line that is asked no longer"
ANSWERS = {"accepted": "Accepted", "declined": "Declined"}
ANSWERED = "{answer} on {day}"
WAITS = "Not answered yet"
ANSWER = "Answer"
ANSWER_OF = "Answer the proposal of {name}"
ANSWER_WORDS = "What you answer"
ACCEPT = "Accept"
DECLINE = "Decline"
DONE = {"proposed": "Your proposal is kept.", "answered": "The answer is kept."}
FAULTS = {
    "unknown-line": "No stage has this line at present.",
    "does-not-fit": "This line cannot ask for that. A mean, share or gain needs a sample.",
    "no-words": "Say why.",
    "unknown-proposal": "This proposal is not there.",
    "answered": "This proposal is answered already.",
}
PARTS = {
    "stages": "Stage",
    "indicators": "Indicator",
    "rubrics": "Rubric",
    "rewards": "Reward",
    "governance": "Governance",
    "watch": "Early warning",
}
