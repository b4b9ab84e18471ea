"""Pages of panels: reviews that somebody is asked for, and how panels are drawn."""
