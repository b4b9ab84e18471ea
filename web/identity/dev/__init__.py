"""The dev issuer: anybody may be anybody, on this machine only."""
