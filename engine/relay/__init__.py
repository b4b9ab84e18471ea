"""The relay: what commits left in the outbox goes to Kafka, in order, and is then deleted."""
