"""The directory: who is who, as the platform describes it. No badge follows from it."""
