"""The window itself: layout, menus, actions, messages."""
