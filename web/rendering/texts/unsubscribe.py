"""Texts of the page that a link in an e-mail leads to, which ends e-mails of its kind."""

TITLE = "Fewer e-mails"
HEADING = "Fewer e-mails"
CATEGORIES = {
    "achievement": "badges you earn",
    "kudos": "kudos you receive",
    "invitation": "people you met and may want to thank",
    "recognition": "cases of the committee",
}
ASK = "Do you want no more e-mails of {program} about {category}?"
STOP = "Stop these e-mails"
NOTHING_YET = "Nothing is changed until you press the button."
DONE_HEADING = "These e-mails have ended"
DONE = "{program} sends you no more e-mails about {category}."
STILL = "You still find all of it on your pages, where you can also turn these e-mails on again."
TO_SETTINGS = "Your settings"
