"""Which place a figure is about."""
