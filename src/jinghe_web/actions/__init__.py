"""What people do here: one file, one action."""
