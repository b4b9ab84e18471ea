"""Policies: in force, adopted, and proposed."""
