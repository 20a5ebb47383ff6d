"""Whether a library holds together, and mending what does not.

`checking` and `contents` find, `mending` puts right, `findings` is what they hand on."""
