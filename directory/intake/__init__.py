"""From records of the topic to rows of tables."""
