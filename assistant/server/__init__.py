"""The TUI, and later the HTTP API and MCP, for other machines."""
