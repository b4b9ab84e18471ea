"""Texts of the console's pages of generations."""

TITLE = "Generations"
HEADING = "Generations"
LEAD = "Nothing is changed here: what may come next is a command to run at a terminal."
CAPTION = "Generations, latest first"
GENERATION, STATE, PROGRAMS, CATALOG, PLANNED, NEXT = (
    "Generation",
    "State",
    "Programs",
    "Catalog",
    "Planned",
    "May come next",
)
ALL = "all"
AND_MORE = "and {n} more"
DIFF = "Diff"
DIFF_OF = "Diff of generation {n}"
DIFF_TITLE = "Generation {n}"
BACK = "All generations"
NO_DIFF = "There is nothing to compare"
NO_DIFF_LEAD = (
    "This generation is {status}. A generation has a diff from when it is built until it is live."
)
COMMANDS = "To run at a terminal"
STALE = (
    "As far as the generation was last brought up to date. This brings it up to date and writes "
    "all of it to a file:"
)
COUNTS = "By badge"
BADGE, STANDING = "Badge", "Standing now"
CHANGES = {"gained": "Gained", "lost": "Lost", "moved": "Another date", "renamed": "Renamed"}
NOTHING = "No award would change."
FILTER = "Which awards"
CHANGE, ANY, RECIPIENT, PROGRAM = "Change", "Any", "Participant", "Program"
SHOW, RESET = "Show", "All of them"
ROWS = "Awards that would change"
WHO, WHY, DATE = "Who", "Why", "Date"
MOVED = "{before}, would be {after}"
EMPTY_FILTER = "No award fits."
NEWEST, OLDER = "First awards", "More awards"
