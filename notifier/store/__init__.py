"""The notifier in PostgreSQL: SQL by subject."""
