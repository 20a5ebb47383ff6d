"""Nothing of the program is for POSIX systems only without a way around it. Windows itself is not run here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

POSIX_MODULES = frozenset("curses fcntl grp posix pty pwd readline resource syslog termios tty".split())
POSIX_NAMES = {
    "os": frozenset(
        "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK WNOHANG chown fchmod fchown fork forkpty getegid geteuid getgid "
        "getloadavg getpgid getsid getuid kill killpg lchown mkfifo nice openpty posix_fadvise sched_getaffinity "
        "setpgid setpgrp setsid statvfs sync sysconf ttyname uname".split()
    ),
    "signal": frozenset(
        "SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGSTOP SIGTSTP SIGUSR1 SIGUSR2 SIGWINCH alarm pthread_kill "
        "pthread_sigmask setitimer".split()
    ),
    "time": frozenset("clock_gettime pthread_getcpuclockid tzset".split()),
    "socket": frozenset(["AF_UNIX"]),
}
POSIX_KEYWORDS = frozenset(["preexec_fn", "pass_fds", "process_group"])
POSIX_METHODS = frozenset(["add_signal_handler", "remove_signal_handler"])
ANY_POSIX = re.compile(rf"\b({'|'.join(POSIX_MODULES.union(POSIX_KEYWORDS, POSIX_METHODS, *POSIX_NAMES.values()))})\b")
WAYS_AROUND = (
    "hasattr",
    "getattr",
    "os.name",
    "sys.platform",
    "NotImplementedError",
    "AttributeError",
    "ImportError",
    "supports_dir_fd",
)


def find_posix_only(path: Path) -> Iterator[str]:
    """What in a file exists on POSIX systems only, in functions that show no way around it, as "line: name"."""
    text = path.read_text(encoding="utf-8")
    if not ANY_POSIX.search(text):
        return
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in ast.walk(tree):
        for name in _name_posix(node):
            line: int = node.lineno  # type: ignore[attr-defined]
            around = [one for one in functions if one.lineno <= line <= (one.end_lineno or line)]
            inner = ast.get_source_segment(text, around[-1]) if around else ast.get_source_segment(text, node)
            if not any(way in (inner or "") for way in WAYS_AROUND):
                yield f"{path.relative_to(ROOT)}:{line}: {name}"


def _name_posix(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (one.name for one in names if one.name.split(".")[0] in POSIX_MODULES)
        case ast.ImportFrom(module=str(module), level=0) if module.split(".")[0] in POSIX_MODULES:
            yield module
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if name in POSIX_NAMES.get(owner, ()):
            yield f"{owner}.{name}"
        case ast.Call(func=ast.Attribute(attr=name)) if name in POSIX_METHODS:
            yield name
        case ast.Call(keywords=keywords):
            for keyword in keywords:
                if keyword.arg in POSIX_KEYWORDS:
                    yield str(keyword.arg)


def test_nothing_is_for_posix_only() -> None:
    """Modules, functions, signals and arguments that Windows lacks are used only where there is another way."""
    files = sorted((ROOT / "assistant").rglob("*.py"))
    assert len(files) > 150
    assert [found for file in files for found in find_posix_only(file)] == []


def test_check_finds_what_windows_lacks(tmp_path: Path) -> None:
    """The check sees modules, names and arguments, and a way around them."""
    file = ROOT / "assistant" / "example.py"
    tree = ast.parse(
        "import fcntl\nos.killpg(1, signal.SIGKILL)\nloop.add_signal_handler(2, f)\nPopen([], preexec_fn=g)\n"
    )
    found = [name for node in ast.walk(tree) for name in _name_posix(node)]
    assert sorted(found) == ["add_signal_handler", "fcntl", "os.killpg", "preexec_fn", "signal.SIGKILL"]
    assert not file.exists()


def test_paths_are_not_put_together_as_text() -> None:
    """No path of the system's files or of temporary files is written out."""
    for file in sorted((ROOT / "assistant").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if re.search("[\"']/(tmp|usr|var|etc)", text) else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith(("/tmp", "/usr", "/var", "/etc")), f"{file}: {node.value}"
