"""Conversations and questions that are saved between runs."""
