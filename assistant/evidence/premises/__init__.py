"""What a question takes for granted, and what the articles say to the contrary."""
