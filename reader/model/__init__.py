"""Frozen dataclasses and pure functions; nothing here imports more than the standard library."""
