"""What differs between policies and rubrics, and whom another threshold would concern. Pure."""
