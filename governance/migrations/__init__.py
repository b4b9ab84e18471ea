"""The schema `governance`, one file a change."""

from engine.store.postgres.schema import Chain

CHAIN = Chain("governance.migrations", "governance", "badge-governance migrate")
