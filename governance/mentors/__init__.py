"""Public pages of mentors: turned on by them, with links that coordinators check."""
