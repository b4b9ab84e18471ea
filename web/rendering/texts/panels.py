"""Texts of panels: how they are drawn, what is open, what one that has closed says."""

from web.rendering.wording import Forms

TITLE = "Panels"
HEADING = "Panels of peers"
LEAD = (
    "Once a week a draw picks who reviews whom. Nobody chooses, and nobody is shown who sits on a "
    "panel: not whom it is about, not the committee, not you."
)
LEAD_AUDITOR = (
    "Once a week a draw picks who reviews whom. Who sits on a panel is shown to nobody but you, "
    "for a reason, and each look is recorded."
)
BACK_TO_CASES = "Cases"
COMMITTEE = "People of the committee"
CALIBRATIONS = "Calibrations"

POOL: Forms = ("{n} person reviews here.", "{n} people review here.")
POOL_SMALL = (
    "Among fewer than {least}, people guess who reviewed them. Ask more mentors to review, and "
    "give them the part reviewer."
)

OPEN = "Open panels"
OPEN_EMPTY_HEADING = "No panel is open"
OPEN_EMPTY = "Cases that lack nothing but reviews wait for the draw at the end of the week."
LACKING: Forms = ("{n} seat is open", "{n} seats are open")
GIVEN = "{given} of {wanted} reviews are in"
DUE = "due {day}"
ADJUDICATED = "one more reviewer was drawn, as the scores are far apart"
WIDENED_DAYS = "loops shared more than {days} days ago do not count against a reviewer"
WIDENED_OUTSIDE = "reviewers without a stage may be picked"
DRAWN_ON = "Drawn on {day}"
OPENED_ON = "Case opened on {day}"

WIDEN = "Nobody is free: widen the draw"
WIDEN_LEAD = (
    "Widen it only as far as it takes. What you allow is recorded, and is seen with "
    "the panel. There are never fewer than three reviews."
)
DAYS_LABEL = "Loops that were shared count against a reviewer for so many days"
DAYS_HINT = "Leave it empty to go by the policy of the program."
OUTSIDE_LABEL = "Reviewers without a stage of this program may be picked"
WIDEN_BUTTON = "Draw the open seats again"

CLOSED = "Closed panels"
STATES = {"open": "Open", "closed": "Closed", "ended": "Ended without a result"}
SPREAD = "The scores stayed far apart"

OPEN_SEATS = "Open who sits on it"
OPEN_SEATS_LEAD = "You see who reviewed, and what each gave. That you looked, and why, is recorded."
REASON = "Why do you need it?"
OPEN_SEATS_BUTTON = "Open the seats"
SEATS = "Who sits on this panel"
SEATS_LEAD = "Opened by you just now, and recorded. Nobody else sees this."
ERASED = "Somebody who was erased"
KINDS = {
    "outsider": "shares no cohort with the mentor",
    "other": "peer",
    "alternate": "stands in for somebody",
    "adjudicator": "drawn as the scores were far apart",
}
SEAT_STATES = {
    "reserve": "in reserve",
    "asked": "asked",
    "given": "given",
    "declined": "handed back",
    "lapsed": "silent",
    "closed": "counts",
}

DRAWS = "Draws"
DRAWS_LEAD = (
    "A draw follows from its seed. The seed is a digest of how the log ended before it, so nobody "
    "could choose it. An auditor can hold it again with badge-governance verify-draw."
)
NO_DRAWS = "No draw was held yet."
HELD = "Held on"
SEED = "Seed"
INPUTS = "Digest of what was drawn from"
COST = "Cost"
MORE = "How to check it"
HEAD = "End of the log before it"
BEACONS = "Public values in it"
NO_BEACONS = "none"

WRONG_HEADING = "This was not done"
DONE = {"widened": "The draw is widened, and the open seats are drawn again."}
BAD_DAYS = "Write a number of days, 0 to 1,000, or nothing."
CHOOSE_WIDER = "Choose how to widen it."
REASON_NEEDED = "Write why you need it."
REFUSALS = {
    "not-in-state": "This panel waits for nobody any more.",
    "not-allowed": "This panel cannot be widened so.",
    "too-late": "This panel waits for nobody any more.",
    "key-erased": "Whom it is about was erased, and all that was sealed with them.",
}

# What a closed panel says, wherever it is shown
RESULTS = "Reviews by peers"
RESULTS_LEAD = "What each panel says as a whole, and not who sat on it."
PANEL_OF = "{rubric}, panel of {day}"
REVIEWS: Forms = ("{n} review", "{n} reviews")
WHOLE = "All rows"
WITHHELD = "Too few reviews count to show any without showing a single one."
NARRATIVES = "In their words"
NARRATIVES_HINT = "In no order, and without names."
HISTOGRAM = "How often each level was given"
ROW = "Row"
SPREAD_STAYS = "The scores of these reviews are far apart, also with one more reviewer."
