"""What became of learners' work, computed from facts as of an instant: rows, gains, trends, early
warnings, retention. None of it is stored as truth, and no award follows from it."""
