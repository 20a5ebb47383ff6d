"""Files in, Articles and passages out."""
