"""What became of learners' work, as answers have it."""
