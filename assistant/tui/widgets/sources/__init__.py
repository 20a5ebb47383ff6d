"""The sources pane, right half of the main screen, and the text of an article, there and on the article screen."""
