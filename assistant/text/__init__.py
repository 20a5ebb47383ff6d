"""Language utilities: words, stems, sentences, names, quotation marks. Knows no article and no index."""
