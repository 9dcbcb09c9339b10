"""Writes a document's one text with all spans true to it."""
