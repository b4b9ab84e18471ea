"""What the commands do; `governance.cli` has their options."""
