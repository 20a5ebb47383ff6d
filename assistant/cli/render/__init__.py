"""The output of the commands for people, one module a topic."""
