"""Pages of PDF files: words, boxes, tiles."""
