"""The data of each event: one model per type, and the registry of models by type string."""
