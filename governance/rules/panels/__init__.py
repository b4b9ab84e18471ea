"""Panels of peers: who is drawn, when a panel closes, and what is shown of it. Pure."""
