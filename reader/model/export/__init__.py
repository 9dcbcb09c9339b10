"""What leaves: notes with their quotes, citations."""
