"""Who is notified of what, where and when. Pure."""
