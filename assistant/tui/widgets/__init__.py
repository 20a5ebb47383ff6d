"""One file a widget. A widget is told what to show and says, by messages, what its user wants."""
