"""The topic mentoring.awards, as the notifier reads it."""

from engine.settings import Settings
from engine.sole_reader.topic import KafkaTopic


def awards_topic(settings: Settings) -> KafkaTopic:
    """The topic that the engine's settings name. Raises SettingsError."""
    options = {
        "bootstrap.servers": settings.bootstrap,
        **settings.security.librdkafka_options(),
    }
    return KafkaTopic(settings.awards_topic, "badge-notifier", options, "badge-web migrate")
