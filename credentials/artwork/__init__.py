"""How badges look, on pages and in pictures: one sprite, its colours, which part is whose."""
