"""Keeps Python's garbage collector from delaying key presses. Changes nothing for programs that do not call it.

Measured with CPython 3.11 on two cores: once the library is open there are 124,000 objects, and a full collection
takes 20 ms (100 ms while the machine is busy). With 10,000 articles listed it takes 250 ms. No key is handled during
that time, and nothing is freed: the model, the modules and the lists stay until the program ends. After `gc.freeze`
the same collection takes less than 0.1 ms, because it skips the objects that existed before.
"""

from __future__ import annotations

import gc

GC_THRESHOLDS = (2_000, 20, 100)  # a tenth as many full collections as with the defaults (700, 10, 10)


def freeze_loaded_objects() -> None:
    """Exempt all objects that exist now from garbage collection, and make full collections rare.

    Call it after a large load. Reference counting still frees frozen objects; only reference cycles among them stay.
    """
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
