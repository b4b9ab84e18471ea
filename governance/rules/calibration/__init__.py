"""What raters of the same anchors agree on. Pure."""
