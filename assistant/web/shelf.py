"""Keeps what was fetched as files: which formats, under which names, with the origin beside each."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import unquote

import httpx

from assistant.articles.readers import READER_BY_SUFFIX
from assistant.articles.sources.added import ARTICLES_FOLDER, get_origin_path
from assistant.errors import WebError
from assistant.system.files import make_folder, write_durably
from assistant.system.os_errors import describe_write_error
from assistant.web.addresses import get_host
from assistant.web.feeds import find_root
from assistant.web.fetching import Fetched
from assistant.web.subscriptions import Page, format_time

VERSIONS_FOLDER = "versions"
_SUFFIX_BY_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/vtt": ".vtt",
    "message/rfc822": ".eml",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}
_VAGUE_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_PACKED = frozenset({".pdf", ".epub", ".odt", ".docx", ".pptx"})
_MARKUP = re.compile(
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype html|html|head|body|article|div|p)\b", re.I | re.S
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_UNFIT = re.compile(r"[^a-z0-9]+")
_SNIFFED = 4_000  # bytes that tell a format


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of fetched articles in the folder of what was added."""

    folder: Path

    def keep(self, page: Page, fetched: Fetched, outlet: str | None, now: datetime) -> str:
        """Write a fetched page with its origin; returns its path within the folder. Raises WebError.

        An earlier version of it is moved to the versions.
        """
        suffix = choose_suffix(fetched)
        data = (
            _use_charset(fetched.content, fetched.headers.get("content-type", ""))
            if suffix == ".html"
            else fetched.content
        )
        return self._write(page, data, suffix, fetched.url, outlet, now)

    def keep_text(self, page: Page, content: str, outlet: str | None, now: datetime) -> str:
        """Write an entry that has no page of its own as one. Raises WebError."""
        title = escape(page.title or "")
        html = (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n<body><article>'
            f"<h1>{title}</h1>\n{content}\n</article></body></html>\n"
        )
        return self._write(page, html.encode("utf-8", "replace"), ".html", page.feed or "", outlet, now)

    def remove(self, file: str) -> None:
        """Delete a kept page with its origin. Raises WebError."""
        path = self._locate(file)
        try:
            path.unlink(missing_ok=True)
            get_origin_path(path).unlink(missing_ok=True)
        except OSError as error:
            raise WebError(f"{path}: {describe_write_error(error)}; check the folder's permissions") from error

    def _locate(self, file: str) -> Path:
        """The path of a kept page. Raises WebError for one that leads out of the folder: the list of pages can come
        from elsewhere."""
        parts = file.split("/")
        if parts[0] != ARTICLES_FOLDER or len(parts) < 2 or not {"", ".", ".."}.isdisjoint(parts) or "\\" in file:
            raise WebError(f"{self.folder}: {file[:80]!r} is no file of a page; delete the list of feeds in it")
        return self.folder / file

    def _write(self, page: Page, data: bytes, suffix: str, url: str, outlet: str | None, now: datetime) -> str:
        file = f"{ARTICLES_FOLDER}/{_make_name(page, url)}{suffix}"
        path = self.folder / file
        origin = {
            "url": url or None,
            "listed": page.address,
            "feed": page.feed,
            "published_at": page.published,
            "first_seen": page.first_seen,
            "fetched_at": format_time(now),
            "sha256": hashlib.sha256(data).hexdigest(),
            "defaults": {
                "title": page.title,
                "author": page.author,
                "source": page.outlet or outlet,
                "published_at": page.updated,
            },
        }
        try:
            make_folder(path.parent)
            self._keep_version(page, data, now)
            write_durably(
                get_origin_path(path), json.dumps(origin, ensure_ascii=False, indent=1).encode("utf-8", "replace")
            )
            write_durably(path, data)
        except OSError as error:
            raise WebError(f"{path}: {describe_write_error(error)}; check the disk and its permissions") from error
        if page.file and page.file != file:
            self.remove(page.file)
        return file

    def _keep_version(self, page: Page, data: bytes, now: datetime) -> None:
        """Copy the earlier content of a page that has changed."""
        earlier = self._locate(page.file) if page.file else None
        if earlier is None or not earlier.is_file():
            return
        old = earlier.read_bytes()
        if old != data:
            copy = self.folder / VERSIONS_FOLDER / Path(page.file or "").relative_to(ARTICLES_FOLDER)
            copy = copy.with_name(f"{copy.stem}.until-{now:%Y%m%dT%H%M%SZ}{copy.suffix}")
            make_folder(copy.parent)
            write_durably(copy, old)


def choose_suffix(fetched: Fetched) -> str:
    """The suffix of what was fetched: what its bytes are counts before what the host says. Raises WebError."""
    head, named = fetched.content[:_SNIFFED], fetched.media_type
    if not fetched.content.strip():
        raise WebError(f"{fetched.url}: the host sends nothing")
    if head.startswith(b"%PDF-"):
        return ".pdf"
    if find_root(fetched.content) is not None:
        raise WebError(f"{fetched.url}: a feed or sitemap, not an article")
    suffix = _SUFFIX_BY_TYPE.get(named)
    if suffix is None and named in _VAGUE_TYPES:
        ending = Path(httpx.URL(fetched.url).path).suffix.lower()
        suffix = ".html" if _MARKUP.match(head) else ending if ending in _SUFFIX_BY_TYPE.values() else None
    if suffix is None or suffix not in READER_BY_SUFFIX:
        raise WebError(f"{fetched.url}: is {named or 'of an unknown kind'}, which is not read as an article")
    if suffix == ".txt" and _MARKUP.match(head):
        suffix = ".html"
    is_binary = b"\x00" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if (suffix in _PACKED) != (is_binary or head.startswith(b"PK")):
        raise WebError(f"{fetched.url}: the host calls it {named or suffix}, but it is something else")
    return suffix


def _use_charset(data: bytes, content_type: str) -> bytes:
    """A page in UTF-8 if the host names another encoding: that counts before what the page says."""
    match = _CHARSET.search(content_type)
    if match is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    try:
        name = codecs.lookup(match[1]).name
        if name == "utf-8":
            return data
        data.decode("utf-8")
    except LookupError:
        return data
    except UnicodeDecodeError:
        wider = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}.get(name, name)
        try:
            return codecs.BOM_UTF8 + codecs.decode(data, wider).encode("utf-8")
        except (UnicodeError, LookupError, TypeError, AttributeError, ValueError):
            return data
    return data


def _make_name(page: Page, url: str) -> str:
    """The name of a file, without its suffix, that belongs to one page for good."""
    address = page.address or url
    host = _UNFIT.sub(".", get_host(address)).strip(".") or "feed"
    parts = [part for part in unquote(httpx.URL(address).path).split("/") if part]
    slug = _UNFIT.sub("-", Path(parts[-1]).stem.lower()).strip("-")[:60].strip("-") if parts else ""
    if page.address is None:
        slug = _UNFIT.sub("-", (page.title or "").lower()).strip("-")[:60].strip("-")
    return f"{host}/{slug or 'page'}-{hashlib.sha256(page.key.encode('utf-8', 'replace')).hexdigest()[:10]}"
