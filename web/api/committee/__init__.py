"""The committee over HTTP: cases, the desk, who decides."""
