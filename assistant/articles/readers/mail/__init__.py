"""Mails and saved web pages, which are stored in the same way: EML, mbox, MSG, MHTML."""
