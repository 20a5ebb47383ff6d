"""The tabs of the library screen: articles, speakers, near-duplicate stories, full-text search and statistics."""
