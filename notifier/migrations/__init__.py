"""The schema `notify`, one file a change."""

from engine.store.postgres.schema import Chain

CHAIN = Chain("notifier.migrations", "notify", "badge-web migrate")
