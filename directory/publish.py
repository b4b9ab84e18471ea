"""A file of descriptions, published: for demonstrations, and for platforms that keep such files."""

from pathlib import Path

from kafka.errors import KafkaError

from directory.errors import PublishFailed
from directory.settings import DirectorySettings
from events.history_file import lines
from events.publisher import DeliveryError, Publisher
from events.schemas.registry import InvalidData

__all__ = ["PublishFailed", "publish_file"]


def publish_file(settings: DirectorySettings, file: Path) -> int:
    """Publish one description a line, in their order; gives how many. The first bad line ends it.

    Raises:
        UnreadableHistory: the file cannot be read.
        PublishFailed: a line is no description, or Kafka did not confirm every one.
    """
    count = 0
    try:
        with Publisher(
            settings.bootstrap.split(","),
            source="/badge-directory",
            directory_topic=settings.topic,
            security=settings.security,
        ) as publisher:
            for number, line in lines(file):
                try:
                    publisher.send_description(line)
                except InvalidData as error:
                    raise PublishFailed(f"{file} line {number}: {error}") from None
                count += 1
    except DeliveryError as error:
        raise PublishFailed(str(error)) from None
    except KafkaError as error:
        why = "; ".join([type(error).__name__, *getattr(error, "__notes__", [])])
        raise PublishFailed(f"Kafka at {settings.bootstrap}: {why}") from None
    return count
