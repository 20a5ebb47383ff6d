"""The names in a question, and the forms that stand for them."""
