"""What a shared award says to anybody: Open Badges 3.0 credentials. Pure."""
