"""Questions about the whole collection: counts, lists, rankings, who somebody is, briefs; and about the program."""
