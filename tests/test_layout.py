"""The layout of the code: small packages, a test for each module, tests that mirror the packages."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "assistant"
MAX_MODULES = 12  # of a package, its __init__ not counted
MAX_LINES = 400  # of a module


def module_name(path: Path) -> str:
    """The dotted name of a module or package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    return {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported_modules(path: Path, known: dict[str, Path]) -> set[str]:
    """The modules of the program that a file imports, at its top or in functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in known}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "assistant":
            found |= {name for alias in node.names if (name := f"{node.module}.{alias.name}") in known} or {node.module}
    return found


def test_packages_are_small() -> None:
    """No package has many modules, no module has many lines."""
    folders = [path.parent for path in PACKAGE.rglob("__init__.py")]
    counts = {module_name(folder / "__init__.py"): len(list(folder.glob("[!_]*.py"))) for folder in folders}
    assert len(counts) > 20
    assert {name: count for name, count in counts.items() if count > MAX_MODULES} == {}
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules().items()}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}


def test_every_module_is_imported_by_a_test() -> None:
    """A test imports every module that contains code, so that a failure names its stage."""
    known = modules()
    imported: set[str] = set()
    for path in sorted((ROOT / "tests").rglob("*.py")):
        imported |= imported_modules(path, known)
    with_code = {
        name
        for name, path in known.items()
        if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.parse(path.read_text("utf-8")).body)
    }
    assert len(with_code) > 150
    assert sorted(with_code - imported) == []


def test_tests_mirror_packages() -> None:
    """Each folder of tests is that of a package, or one of the few that serve all."""
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/__init__.py")}
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders - packages <= {"bench", "fuzz", "support", "torture", "training"}
    tested = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert packages - tested == set()
