"""The chain of migrations of the PostgreSQL schema `web`."""
