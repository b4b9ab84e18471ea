"""Texts of the Notes page, and of a single note."""

TITLE = "Notes"
HEADING = "Notes to you"
LEAD = "Only you and your program's coordinators can read these, and you see when they did."
ONE_HEADING = "A note to you"
BACK = "All notes"
FROM = "{name} gave you {badge}"
NEVER_READ = "Not opened by a coordinator."
READ = (
    "Seen by coordinators: {n} time, {day}",
    "Seen by coordinators: {n} times, last on {day}",
)
ERASED = "This note can no longer be opened."
UNREADABLE = (
    "This note cannot be shown. Your program's coordinator can tell those who run this site."
)
REPORT = "Report"
REPORT_OF = "Report the note of {name}"
REPORT_HINT = "A coordinator will look at it."
REPORTED = "You reported this note. A coordinator looks at it."
REPORTED_NOW = "The note is reported. A coordinator will look at it."
EMPTY_HEADING = "No notes yet"
EMPTY = "Somebody who gives you kudos may add a private note. You will find it here."
TO_BADGES = "See your badges"
OLDER = "Older notes"
NEWEST = "Newest notes"
