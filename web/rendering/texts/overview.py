"""Texts of a coordinator's overview of a program."""

TITLE = "Overview"
HEADING = "How recognition is going"
LEAD = "{since} to {until}. Counted at {at}; it is counted again after a minute."
RANGE = "Days"
SINCE = "From"
UNTIL = "To"
SHOW = "Show"
PRESETS_LABEL = "Ranges"
PRESETS = ((30, "30 days"), (90, "90 days"), (180, "180 days"), (365, "A year"))
WRONG_HEADING = "These days cannot be shown"
WRONG = {"from": "From: {detail}", "to": "To: {detail}"}

NUMBERS = "In numbers"
PEOPLE_TILE = "of people were recognised"
PEOPLE_NOTE = ("{with_kudos} of {n} person", "{with_kudos} of {n} people")
KUDOS_TILE = "kudos"
KUDOS_NOTE = ("{n} with a private note", "{n} with a private note")
ACHIEVEMENTS_TILE = "achievements"
LOOPS_NOTE = ("in {n} loop", "in {n} loops")
WITHOUT_TILE = "without kudos"
WITHOUT_NOTE = "in these days"
DAYS_TILE = ("day to the first kudos", "days to the first kudos")
DAYS_NOTE = "the median of loops recognised for the first time, from their first event"
NO_DAYS = "–"

MOST = "{badge} is what people recognise most: {n} of {of} kudos."
NEVER = (
    "Nobody has recognised this {n} person yet",
    "Nobody has recognised these {n} people yet",
)
NEVER_ALL = "See all {n} of them"
NEVER_ONE = "See them in the list"
EVERYBODY = "Everybody has been recognised at least once."

CHARTS = "In pictures"
TABLE = "The numbers as a table"
KINDS_TITLE = "Kudos by kind"
KINDS_DESCRIPTION = "How many kudos of each kind were given."
KIND = "Kind"
KUDOS = "Kudos"
SHARE = "Share"
MONTHS_TITLE = "Kudos by month"
MONTHS_DESCRIPTION = "How many kudos were given in each month, by kind. Times are of {zone}."
MONTH = "Month"
ALL = "All"
LEVELS_TITLE = "Achievements by level"
LEVELS_DESCRIPTION = "How many achievements were awarded, by badge and level."
BADGE = "Badge"
LEVEL = "Level"
NO_LEVEL = "One level"
AWARDS = "Awards"
MILESTONES_TITLE = "Milestones"
MILESTONES_DESCRIPTION = "How many people have completed each milestone, at any time."
MILESTONE = "Milestone"
PEOPLE = "People"
NO_VALUES = "Nothing in these days"

LOOPS = "Loops with the most kudos"
LOOP = "Loop"
LOOP_KUDOS = ("{n} kudos", "{n} kudos")

FILES = "Take the numbers with you"
FILES_LEAD = (
    "Tables of these days as CSV, for a spreadsheet. They never have private notes; each download "
    "is recorded."
)
FILE_PEOPLE = "People (CSV)"
FILE_KUDOS = "Kudos (CSV)"
FILE_AWARDS = "Awards (CSV)"

START_HEADING = "Nobody has given kudos in these days"
START = (
    "Kudos begin with one person. Tell participants that they can thank a partner from the page "
    "“Give kudos”, give the first ones yourself if you take part, and mention it when a pair "
    "meets. After a good meeting the platform invites people to do so by itself."
)
START_ELSE = "Or choose other days above."
