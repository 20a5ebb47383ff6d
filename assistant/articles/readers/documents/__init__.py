"""Documents of word processors, books and slides: Word, OpenDocument, RTF, EPUB, PowerPoint."""
