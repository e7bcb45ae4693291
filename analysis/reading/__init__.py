"""Reports from files, and their text in sentences."""
