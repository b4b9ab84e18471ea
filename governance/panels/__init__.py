"""Panels of peers: drawn by lot, asked, closed, and published without who sat on them."""
