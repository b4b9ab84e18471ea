"""Who may see what. Pure."""
