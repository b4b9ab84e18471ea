"""Giving kudos: what may be given, undone and withdrawn, and how it gets to Kafka."""
