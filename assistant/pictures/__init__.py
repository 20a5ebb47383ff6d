"""Pictures of a library: what is counted, as tables of numbers, and these as SVG. The interface draws them in cells."""
