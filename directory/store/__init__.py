"""The directory in PostgreSQL: SQL by subject."""
