"""The words that answer, alone: "22 minutes"; shown only where they are likely to be right."""
