"""What each event says: one model per type, the registry that finds it by its type string."""
