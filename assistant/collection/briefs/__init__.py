"""Briefs: the sentences that may be shown, what they tell by day, who says what, what is open."""
