"""PDF: the text layer in reading order, without running heads and page numbers, with the page of every word."""
