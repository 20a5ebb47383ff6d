"""Numbers in running text: their values in every spelling, what they measure, and how exact they are."""
