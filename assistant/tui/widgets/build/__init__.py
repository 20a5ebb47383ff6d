"""What the interface shows of a build: the bar on the main screen, and the stages and lists of the index screen."""
