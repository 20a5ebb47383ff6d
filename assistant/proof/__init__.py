"""Proves sentences: whether what somebody wrote is what the articles say. No model is needed."""
