"""What commands of the directory are expected to fail with, beyond what any module raises."""


class PublishFailed(Exception):
    """The file was not published, or not all of it."""
