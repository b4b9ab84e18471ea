"""Everything of a person, for themselves."""
