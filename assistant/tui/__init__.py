"""The terminal interface. It consumes the same events as the command line and knows no index or model."""
