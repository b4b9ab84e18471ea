"""What the committee's pages and API show: cases, the desk, packs, who governs, minutes."""
