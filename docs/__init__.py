"""What people read about Offprint, and what draws its pictures."""
