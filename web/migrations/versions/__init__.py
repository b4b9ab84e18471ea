"""One file a migration, with the next free number; one that was released is never edited."""
