"""Pages of the committee: cases, the desk, who decides, minutes."""
