"""Language utilities: words, stems, sentences, names, quotation marks. Nothing here depends on articles or an index."""
