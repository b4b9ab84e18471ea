"""Open pages hear at once of awards: who listens, what wakes them, and the stream to a browser."""
