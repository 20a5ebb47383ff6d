"""Follow-up questions, rewritten with the help of the previous turns so that they can be parsed on their own."""
