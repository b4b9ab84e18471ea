"""From views to HTML: what stands on a page, how it is drawn and worded. Reads nothing."""
