"""Pages and documents for anybody: shared awards, their credentials, and how they are checked."""
