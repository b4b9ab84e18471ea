"""What operators read and do, as JSON."""
