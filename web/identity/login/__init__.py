"""Signing in and out at the issuer, and the sessions that follow."""
