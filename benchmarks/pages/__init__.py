"""What a page costs: statements, time, bytes, memory. `python -m benchmarks.pages --json FILE`."""
