"""Drug labels in SPL."""
