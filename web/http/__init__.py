"""What surrounds every request: paths, bodies, headers, compression, problems, probes."""
