"""The example history on pages, for people to look at and for CI to try."""
