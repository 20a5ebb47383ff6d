"""Marks, dossier, standing questions and watching in the interface: messages, work in threads, the line of news."""
