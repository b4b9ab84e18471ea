"""Texts of the console's pages of refused records."""

TITLE = "Refused records"
HEADING = "Refused records"
OPEN = ("{n} open record", "{n} open records")
FITTING = ("{n} open record fits the filter", "{n} open records fit the filter")
FILTER = "Which records"
REASON, ANY, TOPIC, PARTITION = "Reason", "Any", "Topic", "Partition"
SINCE, UNTIL = "First seen from", "Until"
RESOLVED = "The resolved ones too"
SHOW = "Show"
RESET = "All open ones"
BAD_REASON = "Choose one of the reasons."
BAD_TOPIC = "Choose one of the topics."
BAD_PARTITION = "A partition is a number."
BAD_DATE = "Give a day as 2026-03-31."
WRONG_HEADING = "This cannot be done as it is"
CAPTION = "Refused records, newest first"
ID, WHY, WHERE, SEEN, STATE = "Record", "Why", "Where", "First seen", "State"
PLACE = "{topic}, partition {partition}, offset {offset}"
OPEN_STATE, ATTEMPTS = "open", "{n} attempts"
EMPTY = "Nothing refused"
EMPTY_LEAD = "Records that the engine cannot accept appear here, with the reason."
EMPTY_FILTER = "No record fits."
NEWEST, OLDER = "Newest records", "Older records"
ALL_HEADING = "All that are shown"
ALL_LEAD = (
    "This is about the {n} open record above.",
    "This is about all {n} open records that fit.",
)
REDRIVE_ALL = "Redrive all"
REDRIVE_HINT = "They are given to the same rules again; what is refused again stays open."
DISCARD_ALL = "Discard all"
BECAUSE = "Why they are discarded"
BECAUSE_ONE = "Why it is discarded"
DISCARD_HINT = "They are closed without being processed. Private notes in them are cut out."
NO_REASON = "Give a reason of 1 to 200 characters: it goes into the audit log."
DISCARDED = ("{n} record was discarded.", "{n} records were discarded.")
ONE_TITLE = "Refused record {id}"
BACK = "All refused records"
HELPS = "What helps: {text}."
DETAIL, ENGINE, SIZE, KEY, HEADERS, NOTE = (
    "Detail",
    "Refused by",
    "Value",
    "Key",
    "Headers",
    "Discarded because",
)
ENGINE_OF = "engine {version}, catalog {digest}"
BYTES = "{n} bytes"
KEPT = "{n} bytes, of which the first {kept} are kept"
NOTHING = "none"
REVEAL_HEADING = "What it holds"
REVEAL_LEAD = (
    "A record may hold names and other private things. Who looks and why goes into the audit log. "
    "Private notes stay hidden."
)
REVEAL_REASON = "Why you look"
REVEAL = "Reveal"
REVEALED = "Revealed; the audit log says so. Private notes are hidden, sealed ones stay sealed."
VALUE = "Value"
ACT_HEADING = "What to do with it"
REDRIVE = "Redrive"
REDRIVE_ONE_HINT = "It is given to the same rules again; refused again, it stays open."
DISCARD = "Discard"
DISCARD_ONE_HINT = "It is closed without being processed. A private note in it is cut out."
RUNNING = "The job “{action}” is running; one runs at a time."
LAST = "The last job, “{action}”: {state}."
JOB_LINK = "See how far it is"
JOB_RESULT = "What it did"
