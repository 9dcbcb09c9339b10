"""Notes in a new edition, and what a document may be."""
