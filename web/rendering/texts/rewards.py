"""Texts of rewards, spotlights and draws."""

from web.rendering.wording import Forms

TITLE = "Rewards"
HEADING = "Rewards"
LEAD = "By which rules rewards are given, for how many, and how they were drawn. Nobody is ranked."
WRONG_HEADING = "That did not work"
BENCH = "The bench"
PAIRINGS = "Pairings"

CONSENTS = "The committee would like to show this of you"
CONSENTS_LEAD = "It is shown to everybody of the program, and only as long as you agree."
AGREE = "Agree to be shown"
HIDE = "Do not show it any more"
SHOWN_NOW = "Shown now"
NOT_SHOWN_NOW = "Not shown"

SPOTLIGHTS = "Spotlights"
NO_SPOTLIGHTS = "Nobody is in the spotlight yet. Who is shown has agreed to it."
MINE = "Yours"
NO_MINE = "You have no reward yet. What each asks for stands below."
HOW = {
    "all": "for everybody eligible",
    "lottery": "drawn by lot",
    "committee": "chosen by the committee",
}

RULES = "How rewards are given"
KINDS = {
    "stipend": "Stipend",
    "bonus": "Bonus",
    "grant": "Grant",
    "conference": "Conference",
    "project": "Project",
    "spotlight": "Spotlight",
    "event": "Event",
    "credit": "Credits",
}
SELECTIONS = {
    "all": "Everybody eligible gets it",
    "lottery": "Drawn by lot among everybody eligible",
    "committee": "Two members of the committee choose, with their signatures",
}
ELIGIBLE = "Eligible: who holds {badges} in good standing on the first day of the cycle"
AND = " and "
ALSO = "and meets this as of that day: {lines}"
CYCLES = {"quarter": "Every quarter", "year": "Every year"}
PLACES: Forms = ("{n} place", "{n} places")
REST: Forms = (
    "Who won waits for {n} cycle before the next chance",
    "Who won waits for {n} cycles before the next chance",
)
CONSENT = "Shown only with the person's consent"
NEXT = "The next cycle begins on {day}"
HELD = "Cycles so far"
CYCLE = "Cycle"
OF_ELIGIBLE = "Eligible"
GRANTED = "Granted"
DRAW = "Draw"
SEED = "Seed {seed}…"
CHECK = "Check the draw"
NOT_DRAWN = "nothing drawn"
NEVER_HELD = "Not held yet."
NO_RULES = "The program has no rewards."

CHOOSE = "Choose, for the committee"
CHOOSE_LEAD = (
    "Two members sign for somebody. A signature needs that you signed in within the last five "
    "minutes. Nobody signs for themselves, or for somebody they are too close to."
)
LEFT: Forms = ("{n} place is left", "{n} places are left")
NONE_LEFT = "All places are given"
SIGNED: Forms = ("{n} signature of {of}", "{n} signatures of {of}")
STATES = {
    "signatures": "waits for another signature",
    "consent": "waits for their consent",
    "granted": "granted",
}
SIGN = "Sign"
SIGN_FOR = "Sign for {name}"
SIGNED_BY_YOU = "You signed"
PERSON_LABEL = "Somebody who is eligible"
WORDS_LABEL = "What is shown of them"
WORDS_HINT = "They read it first. It is shown when they agree."
PROPOSE = "Sign for somebody else"
NO_CANDIDATES = "Nobody else is eligible in this cycle."

DONE = {
    "signed": "Your signature counts.",
    "granted": "The reward is granted.",
    "consented": "It is shown now. You can take it back whenever you like.",
    "hidden": "It is not shown any more.",
}
REFUSALS = {
    "authenticate-again": "Sign in again: a signature needs that within five minutes before it.",
    "recused": "You are too close to them to sign.",
    "too-late": "All places of this cycle are given.",
    "invalid": "Choose somebody who is eligible, and write what is to be shown of them.",
    "not-found": "Nobody signs for themselves, and only the committee signs.",
    "not-allowed": "That text is too long.",
}

DRAW_TITLE = "Draw"
DRAW_HEADING = "Draw {about}"
BACK = "Rewards"
HELD_AT = "Held on {day}"
CHECKED_RIGHT = "It was drawn by the rules"
CHECKED_RIGHT_LEAD = (
    "The seed, the order and the result were computed again just now, and the log of the "
    "committee has this very draw."
)
CHECKED_WRONG = "Something is wrong with this draw"
SEED_LABEL = "Seed"
HEAD_LABEL = "Where the log ended before"
BEACONS_LABEL = "Entered beforehand by members"
DIGEST_LABEL = "SHA-256 of the document"
DOCUMENT = "The document"
DOCUMENT_LEAD = "All that was drawn from, and the result. People stand in it by their ids."
EMPTIED = (
    "Its text was emptied, as somebody whom it names asked to be erased. Its hash stays in the log."
)
AGAIN = "Draw it again yourself"
STEPS = {
    "reward": (
        "Join the end of the log, the name of the reward with its cycle (as in the heading), and "
        "what was entered beforehand, with the character U+001F between them. The SHA-256 of "
        "that is the seed.",
        "For each eligible person who does not rest, join seed and id with U+001F and take the "
        "SHA-256.",
        "The smallest hashes win, as many as there are places.",
    ),
    "bench": (
        "The SHA-256 of the end of the log, “bench/” with the first day, and what was entered "
        "beforehand, joined with U+001F, is the seed.",
        "Leave out who rests. Order the others by terms served, then by the SHA-256 of seed and "
        "id joined with U+001F.",
        "The first have the seats.",
    ),
    "pairing": (
        "The SHA-256 of the end of the log, “pairing/” with the day, and what was entered "
        "beforehand, joined with U+001F, is the seed.",
        "Newcomers choose by waiting time. A pair costs 4 for another discipline, 2 for each hour "
        "between their clocks, 3 for each earlier pairing, and the square of the senior's load.",
        "Each gets the senior of the least cost who has room; the hash of seed and ids orders "
        "equals.",
    ),
}
COMMAND = "An operator checks all of it with: badge-governance verify-draw"
