"""How fast the engine is, and the load that it is measured with."""
