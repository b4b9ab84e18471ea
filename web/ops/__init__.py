"""What only operators see and do: the engine's status, refused records, long work."""
