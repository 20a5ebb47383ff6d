"""Writes the files of .ci/ that name the hash of every file that may be installed: python -m tests.support.lock.

The versions are those of .ci/constraints.txt, which must be installed here; the hashes are those that pip finds in its
indexes and folders, for all systems.

torch has two files: pip prefers a file whose index tells its hash, and so would take the large build for graphics cards
where a folder offers one for processors alone. That one is therefore asked for by its own name first."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

from packaging.requirements import Requirement
from packaging.tags import Tag
from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename
from packaging.version import Version

from assistant.system.files import compute_file_sha256

if TYPE_CHECKING:  # a second in each process of the tests
    from pip._internal.cli.req_command import RequirementCommand
    from pip._internal.index.package_finder import PackageFinder
    from pip._internal.models.link import Link

ROOT = Path(__file__).parent.parent.parent
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
PROJECT = "news-assistant"
BUILD_TOOLS = ("hatchling", "editables", "packaging", "pathspec", "pluggy", "setuptools", "trove-classifiers")
OLDEST_PYTHON = 11  # of 3.x
FILES = {
    "build-tools.txt": "What builds this program and the packages that come as source.",
    "requirements.txt": "Everything that the program needs.",
    "requirements-dev.txt": "What the tests need beside requirements.txt.",
}
_NOTE = (
    "# Installed with --no-deps: what a package needs on other systems only is then installed by the constraints,",
    "# without a hash. So are the libraries for graphics cards that a build of torch brings; its own file has a hash.",
)


def read_pins(path: Path = CONSTRAINTS) -> dict[str, str]:
    """The version of each package in the constraints."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(name): version for line in lines if line for name, version in [line.split("==")]}


def find_closure(names: Iterable[str], pins: dict[str, str]) -> set[str]:
    """These packages and all that they need, also on other systems, as far as the constraints name it."""
    found: set[str] = set()
    waiting = [Requirement(name) for name in names]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found and not requirement.extras:
            continue
        if name in pins:
            found.add(name)
        try:
            needed = requires(name) or []
        except PackageNotFoundError:
            continue
        for line in needed:
            inner = Requirement(line)
            wanted_by_extra = [extra for extra in ("", *requirement.extras) if _applies(inner, extra)]
            if wanted_by_extra and canonicalize_name(inner.name) not in found:
                waiting.append(inner)
    return found


def _applies(requirement: Requirement, extra: str) -> bool:
    """Whether a requirement applies on some system. What is for an extra applies with that extra only."""
    if requirement.marker is None:
        return not extra
    text = str(requirement.marker)
    named = re.findall(r"""extra == ["']([^"']+)["']""", text)
    return (extra in named) if named else not extra


def find_hashes(finder: PackageFinder, name: str, version: str) -> set[str]:
    """The SHA-256 of all files of exactly this version, for all systems, that pip finds in its indexes and folders."""
    from pip._internal.index.collector import parse_links

    collector = finder._link_collector
    links: list[Link] = []

    def keep_links(page: Link) -> tuple[()]:
        response = collector.fetch_response(page)
        links.extend(parse_links(response) if response is not None else ())
        return ()

    for source in chain.from_iterable(collector.collect_sources(name, candidates_from_page=keep_links)):
        if source is not None:
            list(source.page_candidates())
            links.extend(source.file_links())
    return {_hash(link) for link in links if _has_version(link, name, version)}


def _has_version(link: Link, name: str, version: str) -> bool:
    """Whether a file is of this version and for a Python that this program runs on."""
    try:
        if link.filename.endswith(".whl"):
            found, parsed, _, tags = parse_wheel_filename(link.filename)
            if not any(_can_use(tag) for tag in tags):
                return False
        else:
            found, parsed = parse_sdist_filename(link.filename)
    except ValueError:
        return False
    return found == name and parsed == Version(version)


def _can_use(tag: Tag) -> bool:
    """Whether a Python that this program runs on can use a wheel with this tag."""
    version = re.fullmatch(r"cp3(\d+)", tag.interpreter)
    if version is None:
        return tag.interpreter == "py3"
    return int(version[1]) >= OLDEST_PYTHON or tag.abi in ("abi3", "none")


def _hash(link: Link) -> str:
    if link.hash_name == "sha256" and link.hash:
        return link.hash
    if not link.is_file:
        raise RuntimeError(f"{link.filename}: its index tells no SHA-256")
    return compute_file_sha256(Path(link.file_path))


def write_lock(path: Path, about: str, names: Iterable[str], pins: dict[str, str], finder: PackageFinder) -> None:
    """Write one file in the form of pip's requirements."""
    lines = [f"# {about} Made by: python -m tests.support.lock", *_NOTE]
    for name in sorted(names):
        hashes = sorted(find_hashes(finder, name, pins[name]))
        if not hashes:
            raise RuntimeError(f"{name}=={pins[name]}: no file found")
        lines.append(" \\\n    ".join([f"{name}=={pins[name]}", *(f"--hash=sha256:{digest}" for digest in hashes)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def divide(pins: dict[str, str]) -> dict[str, set[str]]:
    """Which packages belong in which file."""
    tools = find_closure(BUILD_TOOLS, pins)
    needed = find_closure([PROJECT], pins)
    return dict(zip(FILES, (tools, needed - tools, pins.keys() - needed - tools), strict=True))


def main() -> None:
    """Write all files."""
    from pip._internal.commands import create_command

    command = cast("RequirementCommand", create_command("download"))
    options, _ = command.parse_args(sys.argv[1:])
    with command.main_context():
        session = command._build_session(options)
        finder = command._build_package_finder(options, session)
        pins = read_pins()
        for name, packages in divide(pins).items():
            write_lock(ROOT / ".ci" / name, FILES[name], packages, pins, finder)
        about = "The build of torch for processors alone, where one is offered; requirements.txt has the usual ones."
        local = {"torch": f"{pins['torch']}+cpu"}
        write_lock(ROOT / ".ci" / "torch-cpu.txt", about, local, local, finder)


if __name__ == "__main__":
    main()
