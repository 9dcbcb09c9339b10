"""Marks."""
