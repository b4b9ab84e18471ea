"""How a case moves, who is assigned to it and who may sign it: decided from values alone."""
