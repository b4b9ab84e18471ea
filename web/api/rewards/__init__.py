"""Answers about rewards, the bench and pairings."""
