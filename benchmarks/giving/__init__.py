"""How fast kudos are given, and seen by whom they are for."""
