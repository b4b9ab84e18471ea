"""Texts of a coordinator's list of a program's people."""

TITLE = "People"
HEADING = "People"
LEAD = (
    "{n} person, counted at {at}",
    "{n} people, counted at {at}",
)
FILTERS_LABEL = "Who is listed"
FILTERS = (
    ("all", "Everybody"),
    ("no_kudos", "No kudos yet"),
    ("gave_none", "Gave none"),
    ("no_badges", "No badges yet"),
    ("near", "One step from a level"),
)
SEARCH = "Name"
FIND = "Search"
SEARCHED = "Names with “{text}”"
STOP_SEARCHING = "All names"
CAPTIONS = {
    "all": "Everybody in the program",
    "no_kudos": "People whom nobody has recognised yet",
    "gave_none": "People who have not given kudos",
    "no_badges": "People who hold no badge yet",
    "near": "People who are one step away from a level",
}
NAME = "Name"
COLUMNS = (
    ("received", "Kudos received"),
    ("given", "Kudos given"),
    ("badges", "Badges"),
    ("loops", "Loops"),
    ("last", "Latest"),
)
NEAREST = "Nearest level"
NEVER = "–"
SORT_BY = "Sort by {column}"
NEAR = "{badge}: {way}"
EMPTY_HEADING = "Nobody is listed here"
EMPTY = {
    "all": "People appear here once the platform describes them or something is counted of them.",
    "no_kudos": "Everybody has received kudos at least once.",
    "gave_none": "Everybody has given kudos at least once.",
    "no_badges": "Everybody holds a badge.",
    "near": "Nobody is one step away from a level just now.",
}
EMPTY_SEARCH = "No name has this text in it."
MORE = "More people"
FIRST = "First people"
