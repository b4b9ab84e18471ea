"""Who asks: tokens, login, sessions, and the principal that follows from them."""
