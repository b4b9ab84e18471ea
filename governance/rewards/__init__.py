"""Rewards, the bench and pairings: what follows from the ledger, and what people confirm."""
