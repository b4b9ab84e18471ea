"""Panels over HTTP: reviews that somebody is asked for, and how panels are drawn."""
