"""Endpoints about outcomes of learners."""
