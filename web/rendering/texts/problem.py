"""Texts of the pages that say what went wrong: by status, a heading, what happened, what to do."""

PAGES = {
    403: (
        "This form cannot be sent from there",
        "The request came from another site, so nothing was changed.",
        "Open the page here and send the form again.",
    ),
    404: (
        "This page does not exist",
        "The address may be mistyped, or what it showed is not for your account.",
        "Check the address, or go back to your badges.",
    ),
    410: (
        "This page is gone",
        "What was here has been withdrawn and will not come back.",
        "Ask the person who gave you the link.",
    ),
    429: (
        "Too many requests",
        "This account asked for more pages than are served in a minute.",
        "Wait a minute, then load the page again.",
    ),
    500: (
        "Something went wrong here",
        "The page could not be made. Nothing you did is lost, and the error has been recorded.",
        "Try again. If it happens again, tell your program's coordinator when it happened.",
    ),
    503: (
        "Your badges cannot be shown just now",
        "Something that this page needs cannot be reached. Your badges are safe, and what you "
        "earn meanwhile is added later.",
        "Try again in a minute.",
    ),
}
OTHER = (
    "This did not work",
    "The request could not be answered.",
    "Go back and try again.",
)
TRY_AGAIN = "Try again"
TO_START = "To your badges"
CODE = "Error {status}"
REFERENCE = "Reference {instance}"
