"""Texts of the page on which anybody checks a credential."""

TITLE = "Check a credential"
HEADING = "Check a credential"
INTRODUCTION = (
    "Paste a credential that was issued here, choose its file, or give the link of a shared badge. "
    "Nothing you give is kept."
)
VALID = "This credential is valid."
EXPIRED = "This credential expired on {day}."
WITHDRAWN = "This credential was withdrawn."
INVALID = "This credential is not valid: {reason}."
VALID_MEANS = "It was issued here, nobody changed it, and it was not withdrawn."
EXPIRED_MEANS = (
    "It was issued here, nobody changed it, and it was not withdrawn: it was valid up to that day. "
    "Ask its holder whether they have renewed it."
)
WITHDRAWN_MEANS = (
    "It was issued here, but it no longer counts: its holder withdrew or replaced it, or no longer "
    "has the badge."
)
INVALID_MEANS = "Do not rely on it. Ask who gave it to you for the link of the shared badge."

REASONS = {
    "EMPTY": "nothing was given",
    "TOO_LONG": "the text is too long",
    "NO_CREDENTIAL": "this is no signed credential",
    "NOT_ISSUED_HERE": "it was not issued here",
    "OTHER_HEADER": "it is not signed the way credentials are here",
    "UNKNOWN_KEY": "it is signed with a key that is not ours",
    "BAD_SIGNATURE": "it was changed after it was signed, or somebody else signed it",
    "CONTRADICTION": "what it says contradicts itself",
    "NOT_YET": "it begins in the future",
    "NOT_RECORDED": "there is no record of it here",
    "NO_PNG": "the file is no PNG picture",
    "DAMAGED": "the picture is damaged",
    "NOTHING_IN_IT": "the picture has no credential in it",
    "SEVERAL_IN_IT": "the picture has several credentials in it",
    "LONG_TEXT": "the credential in the picture is too long",
    "ONE_ALREADY": "the picture has a credential already",
    "ELSEWHERE": "links to other sites are not opened",
    "NOTHING_THERE": "there is no shared badge at this link",
}
"""By the name of a fault; each ends the sentence of `INVALID`."""

ISSUER = "Issuer"
BADGE = "Badge"
CRITERION = "Earned for"
AWARDED = "Awarded on"
VALID_UNTIL = "Valid until"
HOLDER = "Issued to"
NAMELESS = "A participant who does not show their name"
STATUS = "Status"
NOT_WITHDRAWN = "Not withdrawn"
WITHDRAWN_ON = "Withdrawn on {day}"
WITHDRAWN_NOW = "Withdrawn"
EXPIRED_ON = "Expired on {day}; not withdrawn"
STANDING = "Standing now"
SHOWN = "Held, and shown by its holder on {link}"
SHOWN_LINK = "its public page"
HIDDEN = "Held; its program shows no public pages now"
WHOSE = "E-mail address"
THEIRS = "It was issued to the address you entered."
NOT_THEIRS = "It was not issued to the address you entered."
NO_ADDRESS = "It says nothing about an address."

AGAIN = "Check another credential"
TEXT = "Credential or link"
TEXT_HINT = "The text of a credential.jwt file, or an address that begins with {host}/a/"
FILE = "Or a file"
FILE_HINT = "A badge picture (PNG) or a credential.jwt, at most 1 MB"
EMAIL = "Whose is it?"
OPTIONAL = "(optional)"
EMAIL_HINT = (
    "An e-mail address, to compare with the one it was issued to. It is not kept, and not shown."
)
CHECK = "Check"
STANDARD = "What is issued here conforms to Open Badges 3.0; not certified by 1EdTech."
