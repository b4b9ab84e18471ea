"""What pages show of mentors who have a public page, of rubrics and of policies."""
