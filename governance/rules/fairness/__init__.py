"""Whether groups of mentors come as far as others: what is counted, withheld and compared."""
