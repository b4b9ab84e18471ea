"""Texts of the bench."""

from web.rendering.wording import Forms

TITLE = "The bench"
HEADING = "The bench"
LEAD = (
    "Masters who lead for a while: they lead the curriculum, and step in on the committee when "
    "members are too close. Seats rotate: who served least comes first, and a draw orders equals."
)
BACK = "Rewards"
WRONG_HEADING = "That did not work"
SEATS: Forms = ("{n} seat", "{n} seats")
MONTHS: Forms = ("for {n} month", "for {n} months")
NO_BENCH = "The program has no bench."
TERMS = "Who sits, and who sat"
NO_TERMS = "Nobody has sat on the bench yet."
SPAN = "{first} to {last}"
STATES = {"coming": "comes", "running": "sits now", "over": "over"}
OFFER = "Your offer"
OFFER_LEAD = "A draw proposes among those who offer; a coordinator confirms. You can take it back."
OFFER_LABEL = "I offer to sit on the bench"
NO_OFFER = "A Master in good standing can offer to sit."
DISCIPLINE_LABEL = "My discipline"
DISCIPLINE_HINT = "For pairings: who shares one is paired first."
SAVE = "Save"
PROPOSAL = "Proposal"
OFFERED: Forms = ("{n} person offers to sit.", "{n} people offer to sit.")
PROPOSED_FOR = "For {first} to {last}, among {candidates}"
CANDIDATES: Forms = ("{n} candidate", "{n} candidates")
SERVED: Forms = ("{n} term served", "{n} terms served")
NEVER_SERVED = "never sat"
NOBODY = "Nobody could be proposed: offers are missing, or everybody who offers rests."
CHECK = "Check the draw"
CONFIRM = "Confirm those who are ticked"
CONFIRM_LEAD = "Untick who cannot. They get the part Substitute until the last day of the term."
PROPOSE = "Draw a proposal"
PROPOSE_LEAD = "Held once for each term, by a seed that nobody can know before."
DONE = {
    "offered": "It is saved.",
    "proposed": "The proposal is drawn.",
    "confirmed": "The bench is confirmed.",
}
REFUSALS = {
    "too-late": "Somebody else has confirmed this proposal just now.",
    "not-allowed": "Somebody is not of the proposal.",
    "not-in-state": "All seats of the next term are confirmed.",
    "invalid": "There is no such proposal.",
}
