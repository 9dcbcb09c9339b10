"""Epub."""
