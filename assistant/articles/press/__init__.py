"""Exports of press databases: many articles in one document, each between a head and a tail of the database."""
