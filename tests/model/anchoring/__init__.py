"""Anchoring."""
