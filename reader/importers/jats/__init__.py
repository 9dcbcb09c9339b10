"""Journal articles in JATS, books in BITS."""
