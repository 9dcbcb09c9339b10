"""Files of notes that were made elsewhere, one module a format."""
