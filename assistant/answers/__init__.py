"""Evidence into an answer with citations, or a refusal."""
