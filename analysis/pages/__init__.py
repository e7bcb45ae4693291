"""The HTML pages that no notebook makes, and the frame of all pages."""
