"""What is done with cases: one use case a function, each given a `Sitting`.

A use case locks its case first and notes in the log last. It writes rows only: what is to be
published waits in the outbox, so nobody waits for Kafka.
"""
