"""Marks over a page, and what a pointer meets there."""
