"""Texts of the Settings page."""

TITLE = "Settings"
HEADING = "Settings"
SAVED = "Your settings are saved."
TIMEZONE = "Time zone"
TIMEZONE_HINT = "Dates on these pages are those of this zone."
TIMEZONE_OF_PLATFORM = "As on your mentoring platform ({zone})"
APPEARANCE = "Appearance"
SAVE = "Save settings"
MY_DATA = "My data"
MY_DATA_LEAD = (
    "A file with everything there is of you in this program: who you are, your loops, badges and "
    "what they rest on, kudos with the notes you received, what you were notified of, and what "
    "coordinators opened. Notes that you wrote are not in it: they belong to those who received "
    "them. Once an hour."
)
EXPORT = "Download my data"
ERASE = "How to be erased"
ERASE_HOW = (
    "Ask your program's coordinator or your mentoring platform. Your name, your settings and all "
    "notes to you are erased for good, in copies too; badges and kudos stay, without your name."
)
WRONG_HEADING = "Your settings are not saved yet"
UNKNOWN_ZONE = "Choose a time zone of the list"
UNKNOWN_APPEARANCE = "Choose one of the three"

NOTIFICATIONS = "What you hear of"
NOTIFICATIONS_HINT = (
    "E-mails never contain the text of a private note, nor what a committee decided."
)
ABOUT = "About"
CHANNELS = (("in_app", "On your pages"), ("email", "By e-mail"))
CATEGORIES = (
    ("achievement", "Badges you earn"),
    ("kudos", "Kudos you receive"),
    ("invitation", "People you met and may want to thank"),
    ("recognition", "Cases of the committee: yours, and those you work on"),
)
CHANNEL_OF = "{words}: {channel}"
QUIET = "Quiet hours"
QUIET_HINT = "No e-mail reaches you between these times of your day; it waits until they end."
QUIET_ON = "No e-mail in quiet hours"
QUIET_FROM = "From"
QUIET_TO = "To"
BAD_TIME = "Give a time of day, such as 20:00"
BAD_ADDRESS_HEADING = "Your e-mails come back"
BAD_ADDRESS = (
    "Since {day} your e-mail address has not accepted our e-mails, so none are sent. Correct it on "
    "your mentoring platform; everything is on your pages meanwhile."
)
