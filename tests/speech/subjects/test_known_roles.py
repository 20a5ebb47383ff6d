"""The roles of the people of an article."""

from __future__ import annotations

from assistant.speech.subjects.known_roles import KnownRoles


def test_a_role_means_whom_the_article_describes_so() -> None:
    """By any description; the first as a speaker is the role, and of titles before the name only an occupation."""
    roles = KnownRoles()
    roles.note_role("Ada Quill", "harbour master of Tarn", speaks=True)
    roles.note_role("Ada Quill", "author", speaks=True)
    roles.note_title("Ada Quill", "geologist")
    roles.note_title("Ivo Lund", "mayor")
    assert roles.role_of("Ada Quill") == "harbour master of Tarn"
    assert list(roles.descriptions("Ada Quill")) == ["harbour master of Tarn", "geologist"]
    assert set(roles.list_holders("the harbour master")) == {"Ada Quill"}
    assert set(roles.list_holders("the mayor")) == {"Ivo Lund"}
    assert roles.role_of("Ivo Lund") is None
    assert set(roles.list_holders("the pilot")) == set()
