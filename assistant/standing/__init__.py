"""Standing questions: what the user wants to be told when new articles say it, and what is new after a build."""
