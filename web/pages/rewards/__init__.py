"""Pages about rewards, the bench and pairings."""
