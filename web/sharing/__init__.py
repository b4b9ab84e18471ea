"""Awards that people show to everybody, and what follows when they no longer do."""
