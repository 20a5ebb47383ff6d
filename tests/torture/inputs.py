"""Malformed and malicious input files: nested too deeply, too long, too many, mislabelled, or links to other files.

Each is built into a library of its own next to one good article, with limits on memory and time. The build must end
and read the file or name it; the good article must answer.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.config.schema import Config
from assistant.engine import Assistant
from tests.torture.tally import Tally

GOOD_ARTICLE = "“The gate is shut,” Ada Brandreth said.\n"
QUESTION = "What did Brandreth say about the gate?"
MEMORY_LIMIT = 6_000_000_000  # bytes of address space, a part of which libraries reserve without use
TIMEOUT_SECONDS = 600  # only a build that hangs takes so long, even on a busy machine
PAGE = "<html><body>{}<p>The words of this page are few, but they are there.</p></body></html>"


def bad_text_files() -> Iterator[tuple[str, str]]:
    """File names and contents; most have some hundred thousand characters."""
    yield "nested.html", PAGE.format("<div>" * 100_000)
    yield "bold.html", PAGE.format("<b><i>" * 50_000)
    yield "attributes.html", PAGE.replace("<p>", "<p {}>").format("", " ".join(f'a{n}="x"' for n in range(100_000)))
    yield "open-quotes.html", PAGE.format('<a href="' * 100_000)
    yield "comments.html", PAGE.format("<!--" * 100_000)
    yield "tables.html", PAGE.format("<table><tr><td>" * 5_000)
    yield "entities.html", '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>' + PAGE.format("&c;" * 10_000)
    yield "file.html", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + PAGE.format("<p>&b;</p>")
    yield "deep.jsonl", "[" * 500_000
    yield "objects.jsonl", '{"a":' * 100_000
    yield "keys.jsonl", "{" + ",".join(f'"k{n}":{n}' for n in range(100_000)) + ',"id":"k","text":"Words are here."}'
    yield "digits.jsonl", '{"id": ' + "9" * 100_000 + ', "text": "Words are here."}'
    yield "half.jsonl", '{"id": "s", "text": "half of a pair: \\ud83d"}'
    yield "tag.md", "---\ntitle: !!python/object/apply:os.system ['touch harmed']\n---\nWords are here."
    anchors = "".join(f"{a}: &{a} [{', '.join([f'*{b}'] * 9)}]\n" for b, a in ("ab", "bc", "cd", "de", "ef"))
    yield "anchors.md", f"---\na: &a [x]\n{anchors}title: *f\n---\nWords are here."
    yield "quotes.md", "> " * 20_000 + "Words are here."
    yield "brackets.md", "(" * 50_000 + "[a](" * 50_000
    yield "stars.md", "*a **b " * 30_000
    yield "word.txt", "a" * 300_000
    yield "said.txt", "he said " * 40_000
    yield "said-short.txt", "“a” said B. " * 20_000
    yield "opened.txt", "“" * 100_000
    yield "dashes.txt", "— said X — " * 20_000
    yield "names.txt", "John Smith and " * 10_000
    yield "dates.txt", "On 3 March 2024, " * 10_000
    yield "lines.txt", "a\n" * 50_000
    yield "dots.txt", "." * 100_000
    yield "marks.txt", "a" + "\u0300" * 100_000
    yield "spaces.txt", " \u00a0\u2003" * 50_000 + "x"
    yield "nulls.txt", "\x00" * 10_000 + "words"
    yield "escapes.txt", "\x1b]52;c;ZXZpbA==\x07 words " * 500
    yield "overrides.txt", "\u202e‮\u2066words\u2069 said " * 2_000
    yield "chinese.txt", "中国外交部发言人表示，欧洲应当冷静。他说：“我们不同意。”" * 500
    yield "arabic.txt", "قال الوزير إن أوروبا يجب أن تهدأ. " * 500
    yield "emoji.txt", "👩‍👩‍👧 said “hello 🇪🇺” to me. " * 1_000
    yield "a\nb\x1b[31m.txt", "Words in a file of an odd name are here."
    yield "..txt", "Words in a file of an odd name are here."
    yield "nothing.txt", ""


def non_text_files() -> dict[str, Callable[[Path], object]]:
    """File names and the functions that make them: files that are not text files."""
    return {
        "pipe.txt": os.mkfifo,
        "loop.txt": lambda path: path.symlink_to(path),
        "outside.txt": lambda path: path.symlink_to("/etc/passwd"),
        "up": lambda path: path.symlink_to(".."),
        "sparse.txt": lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 8 << 30),
        "folder.txt": lambda path: path.mkdir(),
        "binary.html": lambda path: path.write_bytes(bytes(range(256)) * 2_000),
        "bomb.pdf": lambda path: path.write_bytes(make_pdf_bomb()),
        "cut.pdf": lambda path: path.write_bytes(make_pdf_bomb()[:3_000_000]),
        "wide.txt": lambda path: path.write_bytes("Words are here.".encode("utf-32")),
    }


def make_pdf_bomb() -> bytes:
    """A PDF whose only page is five gigabytes long when it is unpacked."""
    packer = zlib.compressobj(9)
    page = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(5_000)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(page), page),
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, item) for number, item in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def check_bad_inputs(every: int = 1) -> Tally:
    """Build and read a library with each `every`th bad file."""
    tally = Tally()
    bad_files: list[tuple[str, Callable[[Path], object]]] = [
        *((name, lambda path, text=text: path.write_text(text, encoding="utf-8")) for name, text in bad_text_files()),
        *non_text_files().items(),
    ]
    for name, make in bad_files[::every]:
        with tempfile.TemporaryDirectory(prefix="torture-") as folder:
            check_bad_file(Path(folder), name, make, tally)
    return tally


def check_bad_file(folder: Path, name: str, make: Callable[[Path], object], tally: Tally) -> None:
    """Build a library with one bad file and a good one, and check its contents."""
    articles = folder / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text(GOOD_ARTICLE, encoding="utf-8")
    make(articles / name)
    tally.add_count("bad inputs tried")
    config = folder / "config.yaml"
    config.write_text(f"articles: {json.dumps(str(articles))}\nindex: index\n", encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "build", "--quiet", "--config", str(config)]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
            env={**os.environ, "ASSISTANT_DATA": str(folder / "data")},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT)),
        )
    except subprocess.TimeoutExpired:
        tally.problems.append(f"bad input {name!r}: not finished after {TIMEOUT_SECONDS} s")
        return
    output = done.stdout + done.stderr
    if done.returncode or "Traceback" in output or "internal error" in output or "\x1b" in output:
        tally.problems.append(f"bad input {name!r}: exit {done.returncode}, output {output[-300:]!r}")
        return
    check_library(Assistant(Config(articles=(articles,), index=folder / "index")), name, output, tally)
    if list(folder.rglob("harmed")):
        tally.problems.append(f"bad input {name!r}: code in the file was executed")


def check_library(assistant: Assistant, name: str, output: str, tally: Tally) -> None:
    """The good article must answer; the bad one must be read correctly, refused by name, or ignored."""
    quotes = [cited.quote for cited in assistant.ask(QUESTION).citations]
    if GOOD_ARTICLE.strip() not in quotes:
        tally.problems.append(f"bad input {name!r}: the good article answers {quotes}")
    with assistant.open_library() as library:
        others = [article for article in library.articles() if article.id != "good.txt"]
        for article in others:
            spans = library.sentence_spans(article.id)
            ends = [end for _, end in spans]
            if "root:" in article.text or any(a < b for (a, _), b in zip(spans[1:], ends, strict=False)):
                tally.problems.append(f"bad input {name!r}: wrong text or overlapping sentences")
    tally.add_count(
        "bad inputs read" if others else "bad inputs refused by name" if "skipped" in output else "bad inputs ignored"
    )
