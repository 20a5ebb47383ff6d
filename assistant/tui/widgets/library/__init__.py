"""The tabs of the library screen: articles, speakers, stories, full-text search and statistics."""
