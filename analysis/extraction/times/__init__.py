"""Which period a figure measures."""
