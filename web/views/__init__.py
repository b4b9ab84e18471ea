"""What pages and API show: one answer each, read from one moment of the database."""
