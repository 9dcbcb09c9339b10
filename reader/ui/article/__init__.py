"""The article as one reads it."""
