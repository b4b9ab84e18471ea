"""The schema `directory`, one file a change."""

from engine.store.postgres.schema import Chain

CHAIN = Chain("directory.migrations", "directory", "badge-web migrate")
