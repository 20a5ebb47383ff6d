"""A thread that the system has no memory for is a want of memory, wherever it is started."""

from __future__ import annotations

import re
import subprocess
import sys
import threading

from assistant.system.threads import start_thread
from tests.conftest import ROOT

# In a process of its own: after a thread that could not be started, Python 3.11 switches threads no more.
WITHOUT_MEMORY = """
import threading
from assistant.system.threads import start_thread
from assistant.system.work_limit import WorkLimit, _Watcher

def explain(action):
    try:
        action()
    except Exception as error:
        return type(error).__name__

watcher = _Watcher()
threading.stack_size(1 << 46)  # more than the address space
print(explain(threading.Thread(target=str).start))
print(explain(lambda: start_thread(threading.Thread(target=str))))
print(explain(lambda: watcher.add(WorkLimit(1, 1))))
print(explain(lambda: watcher.add(WorkLimit(1, 1))), len(watcher._limits), watcher._is_started)
"""


def test_thread_runs() -> None:
    done: list[int] = []
    thread = threading.Thread(target=done.append, args=(1,))
    start_thread(thread)
    thread.join()
    assert done == [1]


def test_want_of_memory_is_told_by_its_class() -> None:
    """Python raises a RuntimeError, of which nobody can tell what it is. A limit that nobody can watch is not begun."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_MEMORY], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == ["RuntimeError", "MemoryError", "MemoryError", "MemoryError 0 False"]


def test_no_module_starts_a_thread_otherwise() -> None:
    """Each thread of the program is started by the function that tells a want of memory."""
    started = re.compile(r"Thread\(.*\)\.start\(\)|\b\w*(?:thread|worker|timer)\.start\(\)")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "assistant").rglob("*.py")
        if started.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"assistant/system/threads.py"}
