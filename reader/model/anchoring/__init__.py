"""Where a note belongs in another text."""
