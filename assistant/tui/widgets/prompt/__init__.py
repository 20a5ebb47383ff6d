"""The foot of the main screen: the prompt with its completions, and above it the follow-up questions and the scope."""
