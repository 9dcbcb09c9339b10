"""Offprint, a desktop reader that works with no network."""

__version__ = "0.1.0"
