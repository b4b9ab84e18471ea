"""Pages about outcomes of learners."""
