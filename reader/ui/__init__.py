"""The window: widgets that call the parts of the session and listen to their signals."""
