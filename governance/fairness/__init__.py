"""The fairness report of each quarter, what people declare for it, and how a committee answers."""
