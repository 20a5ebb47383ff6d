"""Settings: schema, loading, template, editing."""
