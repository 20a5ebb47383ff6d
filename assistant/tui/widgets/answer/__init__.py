"""The answers pane, left half of the main screen: questions, their answers, and what is noted about them."""
