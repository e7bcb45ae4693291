"""What people correct in the figures: kept in a file beside the reports, and applied whenever they are read."""
