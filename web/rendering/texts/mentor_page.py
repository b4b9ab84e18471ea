"""Texts of a mentor's public page, and of the page on which they keep it."""

from web.rendering.wording import Forms

TITLE_OF = "{name}, mentor"
OF_PROGRAM = "A mentor of {program}"
STAGES = "Stages"
STAGE_SINCE = "Since {day}"
VALID_UNTIL = "valid until {day}"
WITHOUT_END = "without an end"
BY_COMMITTEE = "A stage with a last day was decided by a committee of the program, on evidence."
CREDENTIAL = "Credential"
CREDENTIAL_OF = "Credential of {stage}"
VERIFY = "Check that it is genuine"
VERIFY_OF = "Check that it is genuine: {stage}"
BADGES = "Badges"
NUMBERS = "What became of learners"
NUMBERS_LEAD = "Rounded, over at least five learners, so that nothing shows of any one of them."
GAIN = "{value} points higher on average"
GAIN_DOWN = "{value} points lower on average"
SHARE = "{value} %"
OVER = "over {n} learners or more"
CONTRIBUTIONS = "Given to other mentors"
KINDS: dict[str, Forms] = {
    "webinar": ("{n} webinar", "{n} webinars"),
    "guide": ("{n} guide", "{n} guides"),
    "peer_coaching": ("{n} peer coaching", "{n} peer coachings"),
    "case_study": ("{n} case study", "{n} case studies"),
    "curriculum": ("{n} piece of curriculum", "{n} pieces of curriculum"),
}
"""By kind of contribution: so many of them."""
LINKS = "Work to look at"
LINKS_LEAD = "Published elsewhere. Learners agreed to what shows their work."
ELSEWHERE = "at {host}"
VOICES = "What learners say"
VOICES_LEAD = "Shown with the consent of who wrote it."
NOTHING_YET = "There is nothing on this page yet."

# The page of the mentor
TITLE = "My public page"
HEADING = "My public page"
LEAD = "A page for people outside the program. It is off until you turn it on."
BACK = "My progress"
WRONG_HEADING = "That was not saved"
IS_ON = "Anybody can see this page."
IS_OFF = "Nobody but you can see this page."
OPEN = "Open it"
TURN_ON = "Turn it on"
SAVE = "Save"
TURN_OFF = "Turn it off"
SLUG = "Address"
SLUG_HINT = (
    "Lower-case letters, digits and hyphens, 3 to 40 of them. Links to the old address end when "
    "you change it."
)
INDEXED = "Search engines may list it"
INDEXED_HINT = "Without this, the page asks them not to. Your name is on it either way."
ON_IT = "On the page: your name, stages with their last day, badges, and numbers without names."
NOT_SHARED = (
    "{stage} has no link to its credential. Share that award if others should be able to check it."
)
SHARE = "Share the award"
MY_LINKS = "Links to work"
MY_LINKS_LEAD = (
    "A coordinator looks at each link first. Where it shows the work of a learner, they must agree "
    "too, and can take that back at any time."
)
NO_LINKS = "No links yet."
REMOVE = "Remove"
REMOVE_OF = "Remove {title}"
STATES = {
    "waiting": "A coordinator has not looked yet",
    "accepted": "Accepted by a coordinator",
    "refused": "Refused by a coordinator",
}
AGREEMENTS = {
    "not_needed": "",
    "not_asked": "",
    "asked": "{name} has not answered yet",
    "given": "{name} agrees",
    "withdrawn": "{name} does not agree",
}
SHOWN = "On the page"
NOT_SHOWN = "Not on the page"
ADD = "Add a link"
LINK_TITLE = "Title"
LINK_TITLE_HINT = "As others will read it. Without the name of a learner."
LINK_ADDRESS = "Address"
LINK_ADDRESS_HINT = "Begins with https://"
LINK_LEARNER = "Whose work it shows"
NOBODYS = "No learner's"
ADD_BUTTON = "Add it"
ROOM = ("There is room for {n} more.", "There is room for {n} more.")
NO_ROOM = "There is no room for more links. Remove one first."
MY_VOICES = "Testimonials"
MY_VOICES_LEAD = (
    "You choose which of them are on the page. Who wrote it is asked once whether they agree; "
    "their name is not shown."
)
NO_VOICES = "No learner has written one yet."
NO_TEXT = "This one has no text."
WANT = "Put it on the page"
WANT_OF = "Put it on the page: the testimonial of {name}"
UNWANT = "Take it off"
UNWANT_OF = "Take it off: the testimonial of {name}"
PREVIEW = "What others see"
PREVIEW_OFF = "What others would see"
DONE = {
    "on": "Your page is on.",
    "off": "Your page is off.",
    "added": "The link was added. A coordinator will look at it.",
    "removed": "The link was removed.",
    "voice": "Saved.",
}
FAULTS = {
    "bad-slug": "An address has lower-case letters, digits and single hyphens, 3 to 40 of them.",
    "slug-of-another": "This address is another mentor's.",
    "bad-title": "A title is one line of at most 120 characters.",
    "bad-address": "An address begins with https:// and leads to a named site.",
    "too-many-links": "There is no room for more links.",
    "not-their-learner": "Choose one of your learners.",
    "unknown-link": "This link is not there any more.",
    "unknown-voice": "This testimonial is not there any more.",
    "no-page": "There is no page yet.",
}
