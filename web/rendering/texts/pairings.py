"""Texts of pairings."""

from web.rendering.wording import Forms

TITLE = "Pairings"
HEADING = "Pairings"
LEAD = "An experienced mentor and a newcomer, until the newcomer's first cohort has ended."
BACK = "Rewards"
WRONG_HEADING = "That did not work"
MINE = "Your pairings"
ALL = "All pairings"
NONE = "No pairing yet."
PAIR = "{senior} with {newcomer}"
SINCE = "Since {day}"
ENDED = "Ended {day}"
SEEN_THROUGH = "seen through"
SEEN = "Seen through"
SEEN_OF = "{senior} has seen {newcomer} through"
END = "End it"
END_OF = "End the pairing of {senior} with {newcomer}"
YOUR_NEWCOMER = "You guide them. Make a loop on the platform, if there is none."
YOUR_SENIOR = "They guide you through your first cohort."
PROPOSAL = "Proposal"
WAITING = "waits since {day}"
COST = "cost {cost}"
ALONE = "Nobody is left for"
EMPTY = "Nobody waits who could be paired."
CAPACITY: Forms = (
    "Each experienced mentor has at most {n} newcomer.",
    "Each experienced mentor has at most {n} newcomers.",
)
CHECK = "Check the draw"
CONFIRM = "Confirm those who are ticked"
CONFIRM_LEAD = "Both are notified. Untick a pair that should wait for the next proposal."
PROPOSE = "Propose pairings"
PROPOSE_LEAD = (
    "Who waits longest chooses first. Another discipline, hours between their clocks, earlier "
    "pairings and the load of the senior cost; a declared conflict rules a pair out."
)
NO_PAIRING = "The program pairs nobody."
DONE = {
    "proposed": "The proposal is there.",
    "confirmed": "The pairings are confirmed, and both of each are notified.",
    "ended": "The pairing has ended.",
}
REFUSALS = {
    "too-late": "Somebody else has confirmed this proposal just now.",
    "not-allowed": "Somebody is not of the proposal.",
    "invalid": "There is no such proposal, or it has ended.",
}
