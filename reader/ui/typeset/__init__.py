"""A document set as a Qt text document."""
