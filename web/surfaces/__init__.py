"""The applications: one for the people whose badges they are, one for operators."""
