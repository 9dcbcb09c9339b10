"""The window: widgets that call Session's verbs and listen to its signals."""
