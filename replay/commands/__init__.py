"""The commands of `badge-replay`, a file for what belongs together."""
