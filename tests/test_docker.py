"""The files for Docker have the form that Docker reads, and name what exists."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch

import yaml

from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "docker"
INSTRUCTIONS = frozenset("FROM ARG ENV WORKDIR COPY RUN USER VOLUME EXPOSE ENTRYPOINT CMD".split())


def read_instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments, continued lines joined."""
    text = re.sub(r"(?m)^#.*\n", "", (FOLDER / "Dockerfile").read_text(encoding="utf-8"))
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line.strip())]


def test_dockerfile_instructions() -> None:
    """Known instructions, a pinned base, no root at run time, commands as lists."""
    found = read_instructions()
    assert {name for name, _ in found} <= INSTRUCTIONS
    assert found[0][0] == "FROM"
    assert re.fullmatch(r"\S+:\d[\w.-]*", found[0][1])
    names = [name for name, _ in found]
    assert names.index("USER") > names.index("RUN")
    for name, rest in found:
        if name in ("ENTRYPOINT", "CMD"):
            assert all(isinstance(part, str) for part in json.loads(rest))


def test_dockerfile_copies_what_exists() -> None:
    """What is copied exists and is not left out by the list of ignored files."""
    ignored = (FOLDER / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    kept = [line[1:] for line in ignored if line.startswith("!")]
    for name, rest in read_instructions():
        if name == "COPY":
            for source in rest.split()[:-1]:
                assert (ROOT / source).exists()
                assert any(fnmatch(source, pattern) for pattern in kept)


def test_compose_file() -> None:
    """One service that is built from the Dockerfile, reachable from this machine only."""
    (service,) = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))["services"].values()
    assert (FOLDER / service["build"]["context"]).resolve() == ROOT
    assert (ROOT / service["build"]["dockerfile"]).exists()
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    declared = {rest.partition("=")[0] for name, rest in read_instructions() if name == "ARG"}
    assert set(service["build"]["args"]) == declared


def test_install_page_names_the_pinned_torch() -> None:
    """The version of PyTorch in the documentation is that of the constraints."""
    constraints = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8")
    (pinned,) = re.findall(r"^torch==(\S+)", constraints, re.MULTILINE)
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    assert f"torch=={pinned}" in page
    assert f"`{pinned}+cpu`" in page
