"""Texts of the console's first page."""

TITLE = "Status"
WELL = "Everything is well."
WAITING = ("{n} thing waits for you", "{n} things wait for you")
WRONG = ("{n} thing is wrong", "{n} things are wrong")
AT = "As of {at} UTC. The page renews itself every 5 seconds."
AT_ONCE = "at once"
LATER = "can wait"
SEE = "docs/operating.md, “{section}”"
PARTITIONS = "Partitions of {topic}"
NO_PARTITIONS = "No partition was ever read, and Kafka has not answered yet which there are."
LAST_KNOWN = "Kafka does not answer: where partitions end, and so the lag, is as of {at} UTC."
NEVER_KNOWN = "Kafka does not answer: where partitions end is not known."
PARTITION, CURSOR, END, LAG, STATE = "Partition", "Read up to", "Ends at", "Lag", "State"
UNKNOWN = "?"
UP_TO_DATE, READING, HALTED, BEHIND = (
    "Up to date",
    "Reading",
    "Halted",
    "Waits behind a transaction",
)
HALTED_HEADING = "Partition {n} of {topic} is halted"
BECAUSE = "What was mended"
RESUME = "Resume partition {n}"
BACK = "Status"
STANDS = "Before offset {offset}"
RESUME_HINT = "Its workers read on from there; what halted it may halt it again."
NO_REASON = "Say what was mended, in 1 to 200 characters: it goes into the audit log."
RESUMED = "The partition goes on. Workers notice within seconds."
OUTBOX = "Waiting to be published"
TOPIC, MESSAGES, OLDEST = "Topic", "Messages", "Oldest"
SECONDS = "{n} s"
NONE = "–"
REFUSED = "Open refused records"
REASON, COUNT = "Reason", "Records"
NOTHING_REFUSED = "Nothing refused."
PROCESSES = "Connected to the database"
PROCESS, CONNECTIONS = "Process", "Connections"
NOT_CONNECTED = "none"
JOB = "The job “{action}” is running."
JOB_LINK = "See how far it is"
COUNTS = "Since the beginning"
COUNTED = (
    ("applied", "Facts accepted"),
    ("duplicates", "Repeated"),
    ("retractions", "Retractions"),
    ("unmet_retractions", "Retractions of facts not seen"),
    ("lost", "Records given up"),
)
INPUTS = "Inputs"
INPUT, LATEST = "Events", "Latest"
QUIET, USUAL = "Quiet", "As usual"
NO_INPUTS = "Workers have counted none yet."
