"""Tokens of the platform: its keys, fetched and kept, and what a token says."""
