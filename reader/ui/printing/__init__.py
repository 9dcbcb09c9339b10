"""Printing on paper."""
