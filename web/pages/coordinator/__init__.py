"""Pages of a program as a whole, for its coordinators."""
