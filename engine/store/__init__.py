"""PostgreSQL: the ledger of facts, the awards, the generations of projections, and the cursor that
commits with them. Every write of a batch goes through one `Transaction`."""
