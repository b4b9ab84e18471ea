"""What the public page of a mentor may be called, link to and say. Pure."""
