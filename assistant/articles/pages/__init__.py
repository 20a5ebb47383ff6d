"""Web pages: the tree of a page, and what of it is the article."""
