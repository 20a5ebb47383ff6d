"""Tables and lists of records, each row an article: CSV, Excel, JSON."""
