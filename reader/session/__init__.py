"""What the person does, as verbs, and what then is so, as signals."""
