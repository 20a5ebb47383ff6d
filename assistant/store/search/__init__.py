"""Full-text search with operators, and the facets of what it finds."""
