"""Earlier texts of articles: kept by builds, carried through rebuilds, exported and imported."""
