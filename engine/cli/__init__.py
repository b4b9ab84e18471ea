"""The `badge-engine` command: one file per command, wired together in main.py."""
