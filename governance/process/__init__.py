"""What moves by itself, and what is published."""
