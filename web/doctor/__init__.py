"""`badge-web doctor`: whether what a web process needs is there, and fits together."""
