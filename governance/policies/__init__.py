"""Policies before they are adopted: proposals, and whom another threshold would concern."""
