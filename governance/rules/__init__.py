"""What decides about cases, without I/O."""
