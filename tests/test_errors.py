"""The tree of errors."""

from __future__ import annotations

from assistant import errors


def test_tree_in_docstring_is_complete() -> None:
    """The docstring of the module names every error, and each is an AssistantError."""
    classes = [value for value in vars(errors).values() if isinstance(value, type)]
    assert len(classes) > 10
    for error in classes:
        assert issubclass(error, errors.AssistantError)
        assert f" {error.__name__} " in f"{errors.__doc__} ".replace("\n", " ")
