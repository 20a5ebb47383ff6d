"""The main screen before the first question: the welcome, or without a usable index the first-run screen."""
