"""What an event costs as things grow: `python -m benchmarks.growth`."""
