"""Public pages of mentors, rubrics and policies."""
