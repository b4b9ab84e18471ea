"""A believable history of three mentoring programs, and the script that wrote it."""
