"""What /metrics of a web process reads from tables and from Kafka when it is asked."""
