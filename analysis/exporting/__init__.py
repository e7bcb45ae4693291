"""Notebooks run, pages written."""
