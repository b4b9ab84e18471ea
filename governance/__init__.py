"""The committee: what it is asked to decide, on what evidence, who signs, and what is published."""
