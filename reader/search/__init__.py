"""The index on disk and the answers from it; imports the model only."""
