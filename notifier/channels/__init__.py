"""The ways by which people are notified outside of pages."""
