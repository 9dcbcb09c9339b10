"""Formulas of any notation, read as one line."""
