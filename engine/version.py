"""The engine's own version, as dead letters and `--version` name it."""

from importlib.metadata import version

VERSION = version("badge-engine")
