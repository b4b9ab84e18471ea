"""The schema `web`, one file a change."""

from engine.store.postgres.schema import Chain

CHAIN = Chain("web.migrations", "web", "badge-web migrate")
