"""Screens, one module each. A screen runs its own workers; it asks the app to show other screens by messages."""
