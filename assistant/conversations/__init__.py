"""What the user asked before, kept between runs."""
