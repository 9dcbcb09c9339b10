"""Search results and filters."""
