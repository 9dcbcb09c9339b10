"""What is kept: the library, each user's notes, and their backups; SQLite and files."""
