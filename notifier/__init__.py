"""The notifier: tells people of their awards, once each: on their pages and by e-mail."""
