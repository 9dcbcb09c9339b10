"""The tests; `python3 -m tests` runs them with all other quality gates."""
