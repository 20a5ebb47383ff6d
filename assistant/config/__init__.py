"""Settings: schema, loading, template, changes."""
