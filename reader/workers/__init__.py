"""Worker processes: the pool, what runs in them, and their confinement."""
