"""One file a screen. A screen runs its own workers and tells the app, by messages, where to go."""
