"""What the SDK has a method for: one file per group of services that publish."""
