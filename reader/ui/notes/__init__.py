"""Notes and the notebook."""
