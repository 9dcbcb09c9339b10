"""Widgets and looks without a subject of their own."""
