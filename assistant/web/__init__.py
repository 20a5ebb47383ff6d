"""The web as a source of articles: fetches pages, feeds and sitemaps, and keeps them as files beside the index."""
