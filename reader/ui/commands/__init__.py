"""What can be done in the window, and the keys for it, for every part of the window to name."""
