"""Examines a library and repairs what is damaged.

`checks` has the table of all checks, `repair` the repairs; `findings` has the records that they hand over."""
