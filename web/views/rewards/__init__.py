"""What answers and pages show of rewards, the bench and pairings."""
