"""Awards that people show to everybody: shared, no longer shared, and what follows when they are lost."""
