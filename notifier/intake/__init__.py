"""From records of the topic to what people are notified of."""
