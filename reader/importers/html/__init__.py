"""Web pages, saved as HTML, MHTML or web archive."""
