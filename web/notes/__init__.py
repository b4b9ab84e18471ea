"""Private notes: opened here and nowhere else, for the recipient or an audited coordinator."""
