"""Questions into queries. Pure: no index, no model."""
