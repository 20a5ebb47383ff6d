"""Fetches one address within limits: redirects, size (also unpacked), time, kinds of content, robots.txt, delays."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpcore
import httpx

from assistant.errors import WebError
from assistant.web.addresses import get_host, parse_address
from assistant.web.connection import GuardedBackend, Resolver, resolve
from assistant.web.robots import MAX_ROBOTS_BYTES, RobotRules, parse_robots

if TYPE_CHECKING:
    from assistant.config.schema import WebSettings

AGENT = "news-assistant"
MAX_REDIRECTS = 5
MAX_RETRY_SECONDS = 7 * 86_400  # a longer wait is not asked for in earnest
BUSY_SECONDS = 900  # until a host that asks to wait, and does not say how long, is asked again
_BLOCK = 1 << 20
_BUSY = (429, 503)
_REDIRECTS = (301, 302, 303, 307, 308)
_REASONS = {
    401: "asks for a password",
    402: "asks for payment",
    403: "refuses this program",
    404: "does not exist (404)",
    410: "is gone for good (410)",
    451: "is withheld for legal reasons (451)",
}


class FetchError(WebError):
    """An address could not be fetched. `status` is the answer of the host, `retry_at` when it may be asked again."""

    def __init__(self, message: str, *, status: int | None = None, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_at = retry_at


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a host sent: `url` is the address after redirects; `content` is empty if it is unchanged (304)."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)

    @property
    def is_unchanged(self) -> bool:
        """Whether the host said that nothing has changed since the last time."""
        return self.status == 304

    @property
    def media_type(self) -> str:
        """The kind of content as the host names it, in lower case: "text/html"; empty if it does not."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Fetcher:
    """Fetches addresses one after the other, as gently as the hosts ask. Close it after use.

    No cookies are kept, no script is run, and no proxy of the environment is used.
    """

    def __init__(
        self,
        settings: WebSettings,
        max_bytes: int,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        resolver: Resolver = resolve,
    ) -> None:
        """`max_bytes` limits what is fetched from one address, packed and unpacked."""
        self._settings = settings
        self._max_bytes = max_bytes
        self._now = now
        self._sleep = sleep
        self._backend = GuardedBackend(settings.allow_hosts, resolver)
        self._pool = httpcore.ConnectionPool(network_backend=self._backend, max_connections=4)
        self._robots: dict[str, RobotRules | FetchError] = {}
        self._asked: dict[str, float] = {}  # by host: when, on the clock time.monotonic
        self._busy: dict[str, datetime] = {}  # by host: until when it asks to be left alone

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fetch(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What is at an address. `etag` and `modified` are those of the last time: unchanged content is not sent again.

        Raises FetchError if it cannot be fetched, WebError if it must not be.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._fetch(address, {name: value for name, value in headers.items() if value}, self._max_bytes)

    def _fetch(self, address: str, headers: Mapping[str, str], max_bytes: int, *, asks_robots: bool = True) -> Fetched:
        url = parse_address(address)
        seen = [url]
        self._backend.deadline = time.monotonic() + self._settings.timeout_seconds
        while True:
            if asks_robots:
                self._check_robots(url)
            self._wait(url)
            answer = self._get(url, headers, max_bytes, shown=address)
            if answer.status not in _REDIRECTS:
                return self._check_status(answer, address)
            target = answer.headers.get("location")
            if not target:
                raise FetchError(f"{address}: redirects to nowhere", status=answer.status)
            url = parse_address(target, answer.url)
            if url in seen:
                raise FetchError(f"{address}: redirects in a circle", status=answer.status)
            seen.append(url)
            if len(seen) > MAX_REDIRECTS + 1:
                raise FetchError(f"{address}: more than {MAX_REDIRECTS} redirects", status=answer.status)

    def _check_status(self, answer: Fetched, address: str) -> Fetched:
        if answer.status in (200, 203, 304):
            return answer
        if answer.status in _BUSY:
            until = read_retry_after(answer.headers.get("retry-after"), self._now())
            self._busy[get_host(answer.url)] = until
            raise FetchError(
                f"{address}: the host asks to wait until {until:%Y-%m-%d %H:%M} UTC ({answer.status})",
                status=answer.status,
                retry_at=until,
            )
        kind = "fails" if answer.status >= 500 else "answers"
        reason = _REASONS.get(answer.status, f"the host {kind} with status {answer.status}")
        raise FetchError(f"{address}: {reason}", status=answer.status)

    def _get(self, url: str, headers: Mapping[str, str], max_bytes: int, *, shown: str) -> Fetched:
        sent: dict[bytes | str, bytes | str] = {
            "Host": httpx.URL(url).netloc.decode("ascii"),
            "User-Agent": AGENT,
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
            "application/feed+json, application/xml, application/pdf, text/plain, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        # The bytes that the host sent as its ETag, which need not be ASCII.
        sent.update((name, value.encode("latin-1", "replace")) for name, value in headers.items())
        try:
            with self._pool.stream("GET", url, headers=sent) as response:
                received = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status not in (200, 203):
                    return Fetched(url, response.status, received, b"")
                length = received.get("content-length", "")
                if length.isdecimal() and int(length[:20]) > max_bytes:
                    raise FetchError(f"{shown}: {_describe_limit(max_bytes)}")
                content = b"".join(_read(response, received.get("content-encoding", ""), max_bytes, shown))
                return Fetched(url, response.status, received, content)
        except WebError as error:
            if url == shown or isinstance(error, FetchError):
                raise
            raise WebError(f"{shown}: {error}") from error
        except httpcore.TimeoutException as error:
            limit = self._settings.timeout_seconds
            raise FetchError(f"{shown}: takes longer than web.timeout_seconds ({limit}), or does not answer") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            reason = str(error).partition("\n")[0][:200] or type(error).__name__
            raise FetchError(f"{shown}: the connection fails: {reason}") from error

    def _wait(self, url: str) -> None:
        """Wait until the host may be asked again. Raises FetchError if that is long."""
        host = get_host(url)
        until = self._busy.get(host)
        if until is not None and until > self._now():
            raise FetchError(f"{url}: the host asks to wait until {until:%Y-%m-%d %H:%M} UTC", retry_at=until)
        rules = self._robots.get(_get_origin(url))
        delay = max(self._settings.delay_seconds, rules.delay if isinstance(rules, RobotRules) else 0.0)
        pause = self._asked.get(host, float("-inf")) + delay - time.monotonic()
        if pause > 0:
            self._backend.deadline += pause
            self._sleep(pause)
        self._asked[host] = time.monotonic()

    def _check_robots(self, url: str) -> None:
        origin = _get_origin(url)
        if origin not in self._robots:
            deadline, started = self._backend.deadline, time.monotonic()
            try:
                answer = self._fetch(f"{origin}/robots.txt", {}, MAX_ROBOTS_BYTES, asks_robots=False)
                self._robots[origin] = parse_robots(answer.content.decode("utf-8", "replace"), AGENT)
            except FetchError as error:
                is_missing = error.status is not None and 300 <= error.status < 500 and error.status != 429
                self._robots[origin] = RobotRules() if is_missing else error
            self._backend.deadline = deadline + time.monotonic() - started
        rules = self._robots[origin]
        if isinstance(rules, FetchError):
            raise FetchError(
                f"{url}: not fetched, as robots.txt of the site cannot be read ({str(rules).partition(': ')[2]})",
                retry_at=rules.retry_at,
            )
        if not rules.allows(httpx.URL(url).raw_path.decode("ascii")):
            raise FetchError(
                f"{url}: robots.txt of the site allows no programs here; save the page in a browser and add the file",
                status=403,
            )


def read_retry_after(value: str | None, now: datetime) -> datetime:
    """When a host may be asked again, from its header Retry-After: seconds or a date."""
    seconds = float(BUSY_SECONDS)
    text = (value or "").strip()
    if text.isdecimal():
        seconds = float(text[:9])
    elif text:
        try:
            when = parsedate_to_datetime(text)
            seconds = (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds()
        except (ValueError, OverflowError):
            pass
    return datetime.fromtimestamp(now.timestamp() + min(max(seconds, 1.0), MAX_RETRY_SECONDS), UTC)


def _get_origin(url: str) -> str:
    parsed = httpx.URL(url)
    return f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"


def _describe_limit(max_bytes: int) -> str:
    return f"is larger than reading.max_file_mb ({max_bytes // 1_000_000})"


def _read(response: httpcore.Response, encoding: str, max_bytes: int, shown: str) -> Iterator[bytes]:
    """The content, unpacked piece by piece, so that a small one cannot grow large. Raises FetchError."""
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
        raise FetchError(f"{shown}: packed in a way that was not asked for ({encoding[:40]})")
    unpacker = None if not names else zlib.decompressobj(wbits=47 if "gzip" in names[0] else 15)
    received = unpacked = 0
    for chunk in response.iter_stream():
        received += len(chunk)
        pieces = iter((chunk,)) if unpacker is None else _unpack(unpacker, chunk, shown)
        for piece in pieces:
            unpacked += len(piece)
            if max(received, unpacked) > max_bytes:
                raise FetchError(f"{shown}: {_describe_limit(max_bytes)}{' unpacked' if unpacker else ''}")
            yield piece
    if unpacker is not None:
        yield unpacker.flush()  # a few bytes
    if unpacker is not None and not unpacker.eof:
        raise FetchError(f"{shown}: its packed content breaks off")


def _unpack(unpacker: zlib._Decompress, chunk: bytes, shown: str) -> Iterator[bytes]:
    try:
        while chunk and not unpacker.eof:
            yield unpacker.decompress(chunk, _BLOCK)
            chunk = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FetchError(f"{shown}: its packed content is damaged") from error
