"""Dialogs (modal screens), one module each."""
