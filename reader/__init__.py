"""Offprint, a desktop reader that works with no network."""

__version__ = "0.2.0"
