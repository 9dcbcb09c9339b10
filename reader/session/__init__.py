"""The parts of the session: each owns a piece of state, and announces changes by signals."""
