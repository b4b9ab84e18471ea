"""Texts of the console's page of a job."""

TITLE = "Job: {action}"
STATES = {
    "running": "Running since {started}. You may close this page.",
    "done": "Done at {ended}.",
    "failed": "Ended with an error at {ended} (exit code {exit}). What was done is done; run it "
    "again for the rest.",
    "lost": "Ended without a result: its process was killed. What was done is done; run it again "
    "for the rest.",
}
SHORT = {"running": "running", "done": "done", "failed": "ended with an error", "lost": "lost"}
BY = "Started by {by} at {started}."
OUTPUT = "What it says"
NO_OUTPUT = "Nothing yet."
NO_OUTPUT_ENDED = "It wrote nothing."
BACK = "To the refused records"
RELOAD = "Look again"
