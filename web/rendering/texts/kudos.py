"""Texts of the Kudos page."""

TITLE = "Kudos"
HEADING = "{name}, your badges"
GIVE = "Give kudos"
GIVEN = "Kudos you gave"
SUMMARY = "{held} of {of} held"
KUDOS_COUNT = ("{n} kudos", "{n} kudos")
FROM_GIVERS = ("from {n} person", "from {n} people")
CATEGORIES = {"achievement": "Achievements", "kudos": "Kudos"}
EMPTY_HEADING = "Your first: one meeting and one survey"
EMPTY = (
    "Meet your mentoring partner once and answer the short survey after it. "
    "That earns your first badge, and it appears here."
)
LOOP_FILTER = "Loop"
ALL_LOOPS = "All"
SHOW = "Show"
MORE_LOOPS = "More loops"
FIRST_LOOPS = "First loops"
CLOSED_HEADING = "This loop is closed"
CLOSED = "What was earned in it stays yours."
LOOP_WITHOUT_PARTNERS = "Your loop"
BY_DECISION = "By decision"
NOT_YET = "Not yet"
LAST = "Last {day}"
VALID_UNTIL = "Valid until {day}"
LAPSED = "Lapsed since {day}"
LEVEL_AND_DAY = "{level} · {day}"
TIMES = ("{n} time", "{n} times")
IN_LOOPS = ("In {n} loop", "In {n} loops")
INVITATIONS = "People you met"
ON_THEIR_WAY = ("{n} kudos of yours is on its way.", "{n} kudos of yours are on their way.")
SEE_OR_UNDO = "See or undo"
