"""Typeset."""
