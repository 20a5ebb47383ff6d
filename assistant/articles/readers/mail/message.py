"""A mail: subject, sender, date, its text, and the files attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default as default_policy
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from assistant.articles.metadata import FROM_MAIL, ParsedFile
from assistant.articles.openings import is_advertisement
from assistant.articles.readers.documents.markup import extract_paragraphs
from assistant.articles.readers.encoding import decode_text
from assistant.articles.readers.whole_file import load_bytes
from assistant.articles.source_file import EmbeddedFile
from assistant.errors import ReadError

if TYPE_CHECKING:
    from assistant.articles.source_file import SourceFile
    from assistant.config.schema import ReadingSettings

MAX_PARTS = 1_000
MAX_DEPTH = 20  # of parts within each other
MIN_TEXT_SHARE = 0.6  # of the words of the HTML part that the text part must have to be taken
MAX_LINKS = 4  # in a text part that is taken beside an HTML part: those of newsletters are full of addresses
_HEADER = re.compile(rb"^[!-9;-~]{1,76}:", re.MULTILINE)
_LINK = re.compile(r"https?://\S+")
_QUOTE_MARK = re.compile(r"(?:>\s?)*")
_LIST_NAME = re.compile(r'^\s*"?([^"<]{2,100}?)"?\s*<')
_REPLY = re.compile(r"^(?:\s*(?:re|fw|fwd|aw|wg|tr|sv|vs)\s*:\s*)+", re.IGNORECASE)


def read(file: SourceFile, settings: ReadingSettings) -> Iterator[ParsedFile | EmbeddedFile]:
    """The mail as an article, and its attachments. Raises OSError, and ReadError if the file is no mail."""
    yield from parse_mail(load_bytes(file, settings))


def parse_mail(data: bytes, part: str | None = None) -> Iterator[ParsedFile | EmbeddedFile]:
    """The mail in some bytes as an article, and its attachments. `part` names it in its file. Raises ReadError."""
    message = load_message(data)
    fields = read_headers(message)
    text, note = _find_text(message)
    if fields.get("source"):
        text = _drop_housekeeping(text)
    attachments = list(_list_attachments(message))
    if text:
        yield ParsedFile(text, fields, reading_note=note, part=part, origin=FROM_MAIL)
    elif not attachments:
        raise ReadError("a mail without text")
    for attachment in attachments:
        yield attachment if part is None else EmbeddedFile(f"{part}/{attachment.name}", attachment.data)


def load_message(data: bytes, kind: str = "mail") -> EmailMessage:
    """The message in some bytes; `kind` says what it should be. Raises ReadError if they are none."""
    head = data.lstrip()[:4096]
    if len(_HEADER.findall(head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0])) < 2:
        raise ReadError(f"not a {kind}, though it is named so: it does not begin with From, Subject or the like")
    try:
        message = message_from_bytes(data.lstrip(), policy=default_policy)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise ReadError(f"a damaged {kind}") from error
    assert isinstance(message, EmailMessage)
    return message


def read_headers(message: Message) -> dict[str, object]:
    """Title, author, outlet and date of a mail. A mailing says who publishes it; a letter has an author only."""
    name, address = parseaddr(get_header(message, "From"))
    sender = name.strip("'\" ") or address
    list_name = _LIST_NAME.match(get_header(message, "List-Id"))
    is_mailing = bool(get_header(message, "List-Unsubscribe") or get_header(message, "List-Id"))
    outlet = (list_name[1] if list_name else sender) if is_mailing else ""
    date = ""
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        date = parsedate_to_datetime(get_header(message, "Date")).isoformat()
    fields = {
        "title": _REPLY.sub("", get_header(message, "Subject")),
        "author": "" if outlet and outlet == sender else sender,
        "source": outlet,
        "published_at": date,
    }
    return {key: value for key, value in fields.items() if value}


def _drop_housekeeping(text: str) -> str:
    """The text of a mailing without its lines on the mailing itself: how it is shown, shared, left."""
    blocks = text.split("\n\n")
    kept = [block for block in blocks if not is_advertisement(" ".join(block.split()))]
    return "\n\n".join(kept) if any(map(str.strip, kept)) else text


def get_header(message: Message, name: str) -> str:
    """The decoded value of a header on one line; empty if it is missing or damaged."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:  # the parsers of the library fail in many ways on damaged headers
        return ""


def _iter_parts(message: Message) -> Iterator[Message]:
    """The parts that hold content, in order. Raises ReadError if they are too many or too deep."""
    stack = [(message, 0)]
    count = 0
    while stack:
        part, depth = stack.pop()
        count += 1
        if count > MAX_PARTS or depth > MAX_DEPTH:
            raise ReadError("its parts are too many, or nested too deeply")
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            children = [each for each in part.get_payload() if isinstance(each, Message)]
            stack += [(child, depth + 1) for child in reversed(children)]
        else:
            yield part


def _is_attached(part: Message) -> bool:
    return part.get_content_maintype() not in ("text", "multipart") or bool(
        get_header(part, "Content-Disposition").lower().startswith("attachment")
    )


def _find_text(message: Message) -> tuple[str, str | None]:
    """The text of a mail with a note on its encoding: of the text parts, or of the HTML parts if those say more."""
    plain: list[str] = []
    rich: list[str] = []
    notes: list[str] = []
    for part in _iter_parts(message):
        if _is_attached(part):
            continue
        words, note = decode_part(part)
        notes += [note] if note else []
        if part.get_content_subtype() == "html":
            rich.append(extract_paragraphs(words))
        elif part.get_content_subtype() in ("plain", "markdown"):
            is_flowed = (part.get_param("format") or "") == "flowed"
            plain.append(_join_flowed(words) if is_flowed else words)
    text, other = "\n\n".join(filter(str.strip, plain)), "\n\n".join(filter(None, rich))
    is_full = len(text.split()) >= MIN_TEXT_SHARE * len(other.split()) and len(_LINK.findall(text)) <= MAX_LINKS
    chosen = text if text.strip() and (is_full or not other) else other
    return chosen.replace("\x00", "").strip(), "; ".join(dict.fromkeys(notes)) or None


def decode_part(part: Message) -> tuple[str, str | None]:
    """The words of a text part, and a note if its encoding had to be detected. Empty if it cannot be decoded."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError):
        payload = None
    if not isinstance(payload, bytes):
        return "", "a part of it cannot be decoded"
    if not payload.strip():
        return "", None
    charset = str(part.get_content_charset() or "")
    if charset and charset not in ("us-ascii", "ascii", "unknown-8bit"):
        with suppress(LookupError, UnicodeDecodeError, ValueError):
            return payload.decode(charset).replace("\r\n", "\n").replace("\r", "\n"), None
    try:
        return decode_text(payload)
    except ReadError as error:
        return payload.decode("utf-8", "replace").replace("\r\n", "\n"), str(error)


def _join_flowed(text: str) -> str:
    """Text whose lines end with a blank where they go on (RFC 3676), as paragraphs of one line."""
    lines: list[str] = []
    goes_on, depth_before = False, ""
    for raw in text.split("\n"):
        mark = _QUOTE_MARK.match(raw)
        depth = mark[0].replace(" ", "") if mark else ""
        line = raw[len(mark[0]) :] if depth and mark else raw.removeprefix(" ")
        if goes_on and depth == depth_before:
            lines[-1] += line
        else:
            lines.append(f"{depth} {line}" if depth else line)
        goes_on, depth_before = line.endswith(" ") and line != "-- ", depth
    return "\n".join(line.rstrip() for line in lines)


def _list_attachments(message: Message) -> Iterator[EmbeddedFile]:
    """The attached files that can be articles; pictures in the text, sound and film are none."""
    used: dict[str, int] = {}
    for number, part in enumerate(_iter_parts(message), 1):
        if not _is_attached(part) or part.get_content_maintype() in ("image", "audio", "video"):
            continue
        if part.get_content_type() in ("application/pgp-signature", "application/pkcs7-signature"):
            continue
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            inner = inner[0] if isinstance(inner, list) and inner else None
            data = inner.as_bytes() if isinstance(inner, Message) else None
            name = f"{get_header(inner, 'Subject')[:60] or 'message'}.eml" if isinstance(inner, Message) else ""
        else:
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else None
            name = _get_filename(part) or f"attachment {number}"
        if data:
            name = name.replace("/", "_").replace("\\", "_")
            used[name] = used.get(name, 0) + 1
            stem, dot, suffix = name.rpartition(".")
            yield EmbeddedFile(name if used[name] == 1 else f"{stem} ({used[name]}){dot}{suffix}", data)


def _get_filename(part: Message) -> str:
    try:
        return " ".join((part.get_filename() or "").split())
    except Exception:  # as with headers
        return ""
