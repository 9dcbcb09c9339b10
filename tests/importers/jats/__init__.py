"""Jats."""
