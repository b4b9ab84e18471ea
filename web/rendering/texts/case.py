"""Texts of a case: what happens to it now, its steps, its decision, what its subject may do."""

from web.rendering.wording import Forms

# What a case is called
TITLES = {
    "first": "{matter}: your application",
    "renewal": "{matter}: your renewal",
    "waiver": "{matter}: your request",
    "withdrawal": "{matter}: looked at again",
    "appeal": "{matter}: your appeal",
}
TITLES_OF = {
    "first": "{matter}: application",
    "renewal": "{matter}: renewal",
    "waiver": "{matter}: request",
    "withdrawal": "{matter}: looked at again",
    "appeal": "{matter}: appeal",
}
KINDS = {
    "first": "Application",
    "renewal": "Renewal",
    "waiver": "Request for an exception",
    "withdrawal": "Looked at again",
    "appeal": "Appeal",
}
STATES = {
    "applied": "With the coordinator",
    "acknowledged": "Waiting for open lines",
    "drawn": "Peers are asked",
    "reviewing": "Peers review",
    "closed": "Reviewed",
    "hearing": "Waiting for an answer",
    "settling": "Evidence frozen",
    "on_desk": "With the committee",
    "decided": "Decided",
    "appealed": "Appealed",
    "final": "Final",
    "settled": "Appeal settled",
    "withdrawn": "Withdrawn",
}
STATES_OF_MINE = STATES | {
    "acknowledged": "Waiting for open lines",
    "hearing": "Waiting for your answer",
}
ENDED_CASES: Forms = ("{n} earlier case", "{n} earlier cases")
ABOUT_PERSON = "About {name}"
BACK = "My progress"
BACK_TO_CASES = "All cases"
OPENED_ON = "Opened on {day}"

# Where it stands: a heading and a sentence, for whom it is about
NOW = "Where it stands"
DUE = "by {day}"
DUE_OF_MINE = {
    "applied": "The coordinator has until {day}.",
    "drawn": "They have until {day}.",
    "reviewing": "They have until {day}.",
    "hearing": "Answer until {day}.",
    "on_desk": "They have until {day}.",
    "appealed": "They have until {day}.",
    "decided": "You can appeal until {day}.",
}
DUE_OF = {
    "applied": "Acknowledge it until {day}.",
    "acknowledged": "The lines should be met until {day}.",
    "drawn": "Reviews should be in until {day}.",
    "reviewing": "Reviews should be in until {day}.",
    "hearing": "They have until {day}.",
    "settling": "Decided until {day}.",
    "on_desk": "They have until {day}.",
    "appealed": "They have until {day}.",
    "decided": "Until {day}.",
}
OVERDUE: Forms = ("{n} day late", "{n} days late")
DAYS_LEFT: Forms = ("{n} day left", "{n} days left")
LAST_DAY = "today is the last day"
NOTHING_ASKED = "Nothing is asked of you now."
NOW_APPLIED = (
    "Your coordinator has it",
    "They see that your application is complete, and pass it on. Nothing is asked of you now.",
)
NOW_APPLIED_OPEN = (
    "Your coordinator has it",
    "They see that your application is complete. Some lines are still open, see below.",
)
NOW_WAITING = (
    "{lines} still open",
    "When the last one is met, your evidence is frozen and goes to the committee by itself. You "
    "need not do anything; you can also go on as it is.",
)
NOW_READY = (
    "Every line is met",
    "Your evidence is frozen next, and goes to the committee. Nothing is asked of you now.",
)
NOW_PANEL = (
    "Peers review your practice",
    "A panel was drawn by lot for what is open. You are not told who sits on it. You see their "
    "means and what they wrote once all of them are done. Nothing is asked of you now.",
)
NOW_CLOSED = (
    "The panel has closed",
    "Your evidence is frozen next, and goes to the committee. Nothing is asked of you now.",
)
NOW_SETTLING = (
    "Your evidence is frozen",
    "The committee gets it on {day}. What should have been recorded before, and arrives by "
    "then, still counts. Nothing is asked of you now.",
)
NOW_ON_DESK = (
    "The committee decides",
    "Members read your evidence, at first without your name. What two of them sign is the "
    "decision. Nothing is asked of you now.",
)
NOW_SHORT = (
    "The committee waits for members",
    "Too few members are free to decide about you. Your coordinator knows. Nothing is asked of you "
    "now.",
)
NOW_HEARING = (
    "You are asked for an answer",
    "The committee looks at a decision about you again. You keep the stage until it has decided. "
    "Write what it should know; it decides in any case once the time is over. This is why:",
)
NOW_ANSWERED = (
    "Your answer has arrived",
    "The committee reads it with the evidence, and decides. You keep the stage until then. This "
    "is why it was asked:",
)
NOW_APPEALED = (
    "Three others look at it",
    "None of them signed the decision. Two of the three have to agree. Nothing is asked of you "
    "now.",
)
NOW_WITHDRAWN = ("You have withdrawn it", "Nothing is decided. You can apply again at any time.")
NOW_WITHDRAWN_OF = ("Withdrawn", "Nothing is decided.")
OUTCOMES = {
    "granted": ("Granted", "You are {matter} until {day}."),
    "renewed": ("Renewed", "You are {matter} until {day}."),
    "declined": ("Declined", "The committee did not grant it this time. You can apply again."),
    "stands": ("It stands", "You keep {matter}."),
    "retracted": ("Ended", "The committee has taken {matter} back."),
    "rejected": ("The decision stays", "Your appeal did not change it."),
    "upheld": (
        "Your appeal succeeded",
        "A new case is open for you, with what was wrong left out.",
    ),
}
OUTCOMES_WITHOUT_DAY = {"granted": "It is granted.", "renewed": "It is renewed."}
OUTCOME_NAMES = {
    "granted": "Granted",
    "renewed": "Renewed",
    "declined": "Declined",
    "stands": "It stands",
    "retracted": "Taken back",
    "rejected": "Appeal rejected",
    "upheld": "Appeal upheld",
}

# Where it stands, for a coordinator
OF_NOW = {
    "applied": "Acknowledge it, so that it goes on.",
    "acknowledged": "It goes on by itself when every line is met, or when the mentor goes on.",
    "drawn": "Reviewers are asked. If seats stay open, widen the panel.",
    "reviewing": "Reviewers rate until then. Who they are is shown to nobody.",
    "closed": "It is frozen by itself once the reviews are recorded.",
    "hearing": "The mentor has until then to answer.",
    "settling": "It goes to the committee by itself.",
    "on_desk": "Members decide. Coordinators do not see the evidence that they read.",
    "decided": "The mentor can appeal until then.",
    "appealed": "Three who did not sign look at it.",
    "final": "Nothing more happens.",
    "settled": "Nothing more happens.",
    "withdrawn": "Nothing more happens.",
}
SHORT_OF = "Too few members are free of conflicts. Add members or a substitute."

# Its steps
STEPS = "What has happened, and what comes"
EVENTS = {
    "case.opened": "Opened",
    "case.acknowledged": "Acknowledged",
    "case.withdrawn": "Withdrawn",
    "panel.drawn": "Panel drawn",
    "panel.closed": "Panel closed",
    "hearing.answered": "Answered",
    "pack.frozen": "Evidence frozen",
    "vote.signed": "Signed by a member",
    "decision.published": "Decided",
    "appeal.lodged": "Appeal lodged",
    "appeal.assigned": "Three others were asked",
    "appeal.settled": "Appeal settled",
}
OPENED = {
    "first": "You applied",
    "renewal": "The renewal opened",
    "waiver": "You asked",
    "withdrawal": "It was opened",
    "appeal": "You appealed",
}
OPENED_OF = {
    "first": "The mentor applied",
    "renewal": "The renewal opened",
    "waiver": "The mentor asked",
    "withdrawal": "It was opened",
    "appeal": "The mentor appealed",
}
FROZEN_AGAIN = "Evidence frozen again, since a fact arrived late"
ON_DESK = "With the committee"
EVENT_BY = "{event} by {name}"
COMING = {
    "acknowledged": "The coordinator acknowledges it",
    "panel": "The panel closes",
    "frozen": "Evidence is frozen, once every line is met",
    "frozen_then": "Evidence is frozen",
    "desk": "Goes to the committee",
    "answer": "You answer",
    "decided": "The committee decides",
    "settled": "Three others decide",
    "final": "Final",
    "final_then": "Final, unless you appeal",
}
COMING_OF = COMING | {
    "answer": "The mentor answers",
    "final_then": "Final, unless the mentor appeals",
}
DONE_LABEL = "Done"
CURRENT_LABEL = "Now"
COMING_LABEL = "To come"

# The decision
DECISION = "The decision"
DECIDED_ON = "Decided on {day}"
SIGNED_BY = "Signed by"
VALID_THROUGH = "Valid through"
EVIDENCE_OF = "On evidence as of"
STATEMENT = "Why"
NOT_MET = "Not met"
NO_STATEMENT = "The members gave no reason in words."
FIRST_DECISION = "The decision it is about"
FINAL = "This decision is final."
TO_APPEAL = "Your appeal"
TO_FIRST = "The case before"

# What its subject wrote
REASON = "What you wrote"
REASON_OF = "What the mentor wrote"
ANSWER_WRITTEN = "Your answer"
ANSWER_OF = "What the mentor answered"

# What is asked
LINES = "What is asked"
LINES_NOW = "As it is now."
LINES_FROZEN = "As frozen on {day}. Later facts do not change it."
LINES_OPEN: Forms = ("{n} line is", "{n} lines are")

# What its subject may do
GO_ON_HEADING = "Go on as it is"
GO_ON = (
    "Your evidence is frozen now, with what is open. While a line is open the committee cannot "
    "grant this; it can then only decline."
)
GO_ON_BUTTON = "Go on with open lines"
ANSWER_HEADING = "Your answer to the committee"
ANSWER_HINT = "Members and auditors read it. It is sealed, and cannot be changed once sent."
ANSWER_BUTTON = "Send the answer"
APPEAL_HEADING = "Appeal"
APPEAL_LEAD = (
    "If something was wrong, write what. Three people who did not sign look at it; two of them "
    "have to agree. You can appeal once, until {day}."
)
APPEAL_HINT = "What was wrong, and what would have been right. Who decides on the appeal reads it."
APPEAL_BUTTON = "Send the appeal"
WITHDRAW_HEADING = "Withdraw"
WITHDRAW = "The case ends without a decision. You can apply again at any time."
WITHDRAW_BUTTON = "Withdraw it"
TEXT_LABEL = "In your words"

# What a coordinator may do
ACKNOWLEDGE_BUTTON = "Acknowledge"
ACKNOWLEDGE_OF = "Acknowledge the case of {name}"
AGAIN_HEADING = "Look at this decision again"
AGAIN_LEAD = (
    "Opens a case in which two members decide whether the decision stands or is taken back. The "
    "mentor has 14 days to answer first, and reads your reason."
)
AGAIN_LABEL = "Reason"
AGAIN_BUTTON = "Open it again"

# Applying
APPLY_HEADING = "Apply for {matter}"
APPLY_RENEWAL = "Renew {matter}"
APPLY_WAIVER = "Ask for an exception: {matter}"
APPLY_READY = "Every line is met. This is what happens when you apply:"
APPLY_OPEN = (
    "Open lines can still be met while your case waits; the committee grants it only when every "
    "line is met. This is what happens when you apply:"
)
APPLY_ASK = "This is what happens when you ask:"
APPLY_ASK_FIRST = "Your request goes on by itself."
APPLY_WHY = "Why you need it"
APPLY_READY_FIRST = "Your application goes on by itself."
APPLY_OPEN_FIRST = "Your coordinator sees that your application is complete."
APPLY_FROZEN = "Your evidence is frozen, once every line is met. Days later the committee has it."
APPLY_ASK_FROZEN = "What is recorded of you is frozen. Days later the committee has it."
APPLY_DECIDED = "Members decide. You are notified of each step."
APPLY_LABEL = "Anything the committee should know (optional)"
APPLY_HINT = "Members and auditors read it. It is sealed, and cannot be changed once sent."
APPLY_BUTTON = "Apply"
MY_CASES = "Your cases"

# What was done
DONE = {
    "applied": "Your application has arrived.",
    "went_on": "Your evidence is being frozen.",
    "answered": "Your answer has arrived.",
    "appealed": "Your appeal has arrived.",
    "withdrawn": "It is withdrawn.",
    "acknowledged": "It is acknowledged.",
}
WRONG_HEADING = "That did not work"
REFUSALS = {
    "not-in-state": "The case has moved on meanwhile, or its decision is still being published. "
    "This is how it stands now; try again in a moment.",
    "already-open": "There is an open case for this already.",
    "unknown-matter": "This cannot be applied for.",
    "too-late": "The time for this is over.",
    "statement-needed": "Write something first: 1 to 8,000 characters.",
    "key-erased": "The texts of this case were erased.",
    "not-allowed": "This is not yours to do.",
}
