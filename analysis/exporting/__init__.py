"""Notebooks run, pages written."""

TIME_LIMIT = 600.0
"""Seconds that a notebook may run, where nobody says otherwise."""
