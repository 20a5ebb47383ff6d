"""Text for widgets: charts, citations, dates, conversations. Pure functions; widgets add colour and events."""
