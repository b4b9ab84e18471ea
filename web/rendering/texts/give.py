"""Texts of the page to give kudos."""

TITLE = "Give kudos"
HEADING = "Give kudos"
LEAD = "Thank somebody you work with for what they do well."
BACK = "All badges"
WHOM = "Whom do you want to thank?"
WHICH = "What for?"
NOTE = "Add a private note"
OPTIONAL = "optional"
NOTE_LABEL = "Your note"
NOTE_HINT = "At most {most} characters."
NOTE_LEFT = ("{n} character left", "{n} characters left")
NOTE_TOO_LONG = ("{n} character too many", "{n} characters too many")
WHO_READS = (
    "Only {name} and your program's coordinators can read this. "
    "You will not see it again after sending."
)
WHO_READS_UNCHOSEN = (
    "Only the person you choose and your program's coordinators can read this. "
    "You will not see it again after sending."
)
SEND = "Send kudos"
AFTERWARDS = "You can undo it for {n} seconds after sending."
LOOPS = {"one_to_one": "One to one", "group": "Group"}
MISSING = "Somebody is missing? New loops are listed here within a minute or two."

EMPTY_HEADING = "There is nobody here to thank yet"
EMPTY = (
    "Kudos go to the people in your open mentoring loops, and you are in none just now. "
    "Once you are matched, they are listed here."
)
DISABLED_HEADING = "Your program does not use kudos"
DISABLED = "Ask your program's coordinator if you think it should."

WRONG_HEADING = "Nothing was sent yet"
CHOOSE_WHOM = "Choose whom you want to thank."
CHOOSE_WHICH = "Choose what you thank them for."
NOT_THERE = "This person is not in that loop any more. Choose again."
CLOSED = "This loop is closed. Choose somebody in an open one."
NOT_ONESELF = "Kudos are for others. Choose somebody else."
UNKNOWN_KIND = "Your program no longer has this one. Choose another."
TOO_LONG = "Your note has {n} characters; at most {most} can be sent."
NOT_SENDABLE = (
    "This note cannot be sent. Take out unusual characters, or send the kudos without a note."
)
NOT_HERE = "These kudos cannot be given in this program."
SENT_BEFORE = "Kudos were sent from this page before. Send again to give these as well."
TOO_MANY = (
    "You can give 20 kudos an hour, and the same kudos to one person 3 times a day. "
    "You can send these {wait}."
)
IN_MINUTES = ("in {n} minute", "in {n} minutes")
IN_HOURS = ("in {n} hour", "in {n} hours")
