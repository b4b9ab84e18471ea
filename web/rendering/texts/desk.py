"""Texts of the committee's desk: what waits, the evidence of a case, signing."""

from web.rendering.wording import Forms

TITLE = "Committee desk"
HEADING = "Committee desk"
LEAD = "Cases come to you by themselves, to those who have the fewest. Names are left out at first."
AUDITOR = "You see everything and decide nothing. Each evidence you open is recorded."

MINE = "Waiting for you"
MINE_EMPTY_HEADING = "Nothing waits for you"
MINE_EMPTY = "You are notified when a case is given to you."
OTHERS = "Other cases with the committee"
OTHERS_LEAD = "These are with other members. You cannot open them."
OTHERS_LEAD_AUDITOR = "All cases that members are deciding."
SAMPLES = "Decisions to judge again"
SAMPLES_LEAD = (
    "A sample of what was decided, drawn by lot. Read the evidence, without names and without the "
    "outcome, and say how you would have decided. It changes nothing for the mentor."
)
COMMITTEE = "People of the committee"
MINUTES = "Minutes"

# A case in the queue
CASE = "{matter}: {kind}"
ASKED = {
    "open": "Read the evidence, then sign.",
    "opened": "You have opened the evidence. Your signature is still open.",
    "signed": "You have signed. {more}",
    "recused": "You do not decide this one.",
    "none": "",
}
SIGNED: Forms = ("{n} of {of} signatures", "{n} of {of} signatures")
MORE: Forms = ("One more has to sign the same.", "{n} more have to sign the same.")
OPEN_BUTTON = "Read the evidence"
SIGN_BUTTON = "Go on to sign"
LOOK_BUTTON = "Look at it"
JUDGE_BUTTON = "Judge it"
JUDGED = "Judged"
BELOW_QUORUM = "Too few members are free of conflicts"
CONFLICTS = {
    "loop": "you shared a loop with the mentor",
    "pairing": "you were paired with the mentor",
    "employer": "you have the same employer",
    "family": "you are related",
    "declared": "a conflict was declared",
    "subject": "it is about you",
}
NOT_YOU = "Not yours to decide: {why}."

# The page of a case
BACK = "Committee desk"
TITLES = {
    "first": "Shall this mentor become {matter}?",
    "renewal": "Shall this mentor stay {matter}?",
    "waiver": "Shall this mentor have an exception: {matter}?",
    "withdrawal": "Does this decision still stand: {matter}?",
    "appeal": "Was this decision right: {matter}?",
}
NAMES_OUT = "Names are left out."
ABOUT = "About {name}"
ASKED_HEADING = "What is asked of you"
STEP_OPEN = "Open the evidence, without names"
STEP_READ = "Read it: {lines}"
STEP_READ_CLOSED = "Read it"
STEP_SIGN = "Sign an outcome: {signed}"
STEP_SIGN_DONE = "You signed: {outcome}"
ALL_MET = "all {of} lines are met"
SOME_OPEN: Forms = ("{n} of {of} lines is open", "{n} of {of} lines are open")
AFTER_HEADING = "What follows"
AFTER = {
    "first": (
        "Another member has to sign the same outcome before it counts.",
        "If you sign the same outcome, it is decided: the decision is published and the mentor is "
        "notified, with your names and your reasons. They can appeal for 30 days. Nobody can "
        "change it here.",
    ),
    "withdrawal": (
        "Another member has to sign the same outcome before it counts.",
        "If you sign the same outcome, it is decided. If it is taken back, the stage ends at once. "
        "The mentor is notified, with your names and your reasons, and can appeal for 30 days.",
    ),
    "appeal": (
        "Two of you three have to sign the same outcome.",
        "If you sign the same outcome, the appeal is settled. The mentor is notified, with your "
        "names and your reasons. If it succeeds, a new case opens.",
    ),
}
READ_ONLY = "You may read this, and decide nothing."

OPEN_LEAD = (
    "The evidence is frozen and does not change. Names are left out. That you open it is recorded."
)
OPEN_NAMES = "Open the evidence"

# The evidence
EVIDENCE = "The evidence"
FROZEN = "Frozen as of {day}"
FROZEN_AGAIN: Forms = ("Frozen {n} time", "Frozen {n} times; this is the latest")
DIGEST = "Number of the evidence"
OPEN_LINES: Forms = ("{n} line is open", "{n} lines are open")
ALL_LINES: Forms = ("The one line is met", "All {n} lines are met")
MET_LINES: Forms = ("{n} line is met", "{n} lines are met")
PANELS = "Reviews by peers"
PANELS_OF_CASE = "The panels of this case"
PANELS_LEAD = "Means over whole panels of at least three, never a single review."
NO_PANELS_YET = "No panel has reviewed this mentor."
PANEL_OF = "Panel of {day}, {reviews}"
REVIEWS: Forms = ("{n} review", "{n} reviews")
WHOLE = "All rows"
UNRELIABLE = (
    "{rubric}, version {version}: in the last calibration reviewers disagreed on {rows}. What "
    "panels say of that is unreliable."
)
WITHHELD = "Too few reviews to show means without showing a single one."
TESTIMONIALS = "In their words"
SOURCES = {"learner": "A learner", "industry": "Somebody from industry"}
TEXT_GONE = "The text can no longer be opened."
NO_TESTIMONIALS = "Nobody has written about this mentor."
EARLIER = "Earlier decisions"
NO_EARLIER = "There are none."
CONFLICTS_HEADING = "Who does not decide"
CONFLICTS_LEAD = "They have a conflict, or have stepped aside. This is computed, not asked."
NO_CONFLICTS = "Nobody of the committee has a conflict."
REASON = "What the mentor wrote"
REASON_OF_OTHERS = "Why it is looked at again"
ANSWER = "What the mentor answers"
NO_ANSWER = "The mentor has not answered."
FIRST_DECISION = "The decision it is about"

# Signing
SIGN_HEADING = "Sign"
JUDGE_HEADING = "How would you have decided?"
OUTCOME = "Outcome"
VERDICT = "Your judgement"
OUTCOMES = {
    "granted": ("Grant", "They are {matter} until {day}."),
    "renewed": ("Renew", "They stay {matter} until {day}."),
    "declined": ("Decline", "Not this time. They read your reasons, and can apply again."),
    "stands": ("It stands", "They keep {matter}, and read your reasons."),
    "retracted": ("Take it back", "{matter} ends at once. They read your reasons."),
    "rejected": ("Reject the appeal", "The decision stays. They read your reasons."),
    "upheld": ("Uphold the appeal", "What was wrong is left out, and a new case opens."),
}
WAIVERS = {
    "granted": ("Grant", "The exception counts."),
    "renewed": ("Renew", "The exception goes on."),
}
NOT_OFFERED: Forms = (
    "It cannot be granted: {n} line is open.",
    "It cannot be granted: {n} lines are open.",
)
GIVES_UP: Forms = (
    "Renewed now, the new term begins today: {n} day of the present one is given up.",
    "Renewed now, the new term begins today: {n} days of the present one are given up.",
)
STATEMENT = "Your reasons"
STATEMENT_HINT = (
    "The mentor and the auditors read this with the decision, under your name. Needed for: {which}."
)
STATEMENT_OPTIONAL = "Optional. The mentor reads this with the decision, under your name."
OR = " or "
ALSO = "Take back with it"
ALSO_HINT = "Stages above rest on this one. Untick what shall stay."
ALSO_OF = "{matter}, {outcome} on {day}"
REVIEWS_OUT = "Reviews to leave out"
REVIEWS_HINT = "If the appeal succeeds, what you tick here is taken out of the record."
REVIEW_OF = "Review {n} of the panel of {day}"
SIGN = "Sign"
JUDGE = "Send"
AGAIN_HEADING = "Sign in once more to sign"
AGAIN_LEAD = "A signature needs that you signed in within the last five minutes."
AGAIN = "Sign in once more"
AGAIN_TAB = "Sign in in another tab, then sign here: your text stays."
FRESH_UNTIL = "You can sign until {time}. After that you sign in once more."

# Stepping aside, names
RECUSE_HEADING = "I should not decide this"
RECUSE_LEAD = "Somebody else is asked. Your reason is recorded, sealed; auditors can read it."
RECUSE_LABEL = "Reason"
RECUSE_BUTTON = "Step aside"
UNBLIND_HEADING = "I need to know who it is"
UNBLIND_LEAD = "Names are shown to you from then on. That you looked, and why, is recorded."
UNBLIND_LABEL = "Why"
UNBLIND_BUTTON = "Show names"

# What was done
DONE = {
    "signed": "You have signed.",
    "decided": "You have signed, and it is decided.",
    "recused": "You have stepped aside. Somebody else is asked.",
    "judged": "Your judgement has arrived.",
}
WRONG_HEADING = "That did not work"
REFUSALS = {
    "not-seated": "This case is not with you.",
    "recused": "You do not decide this one: there is a conflict. It is with somebody else now.",
    "is-subject": "This case is about you.",
    "already-signed": "You have signed already, and a signature cannot be changed.",
    "pack-not-opened": "Open the evidence first.",
    "pack-changed": (
        "The evidence has changed meanwhile and was frozen again. Nothing is signed. Open what is "
        "new; your reasons are kept."
    ),
    "outcome-not-offered": "Choose an outcome that is offered. While a line is open, it cannot be "
    "granted.",
    "statement-needed": "Write your reasons: this outcome needs them.",
    "reason-needed": "Write a reason first: it is recorded.",
    "authenticate-again": "Nothing is signed yet: more than five minutes have passed since you "
    "signed in.",
    "not-in-state": "The case has moved on meanwhile. This is how it stands now.",
    "too-late": "The time for this is over.",
    "key-erased": "The evidence of this case was erased.",
    "not-allowed": "This is not yours to do.",
}
