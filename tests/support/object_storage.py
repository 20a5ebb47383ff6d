"""A server that speaks S3, for tests: that of moto, in this process."""

from __future__ import annotations

import contextlib
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

WRITES = frozenset({"PUT", "POST", "DELETE"})
_CREDENTIAL = "Credential=reader/20250101/us-east-1/s3/aws4_request"
_AUTHORIZATION = f"AWS4-HMAC-SHA256 {_CREDENTIAL}, SignedHeaders=host, Signature=0"


@contextlib.contextmanager
def serve_bucket(bucket: str, on_write: Callable[[str], object] = lambda _: None) -> Iterator[dict[str, str]]:
    """A server with an empty bucket; yields the environment variables that give access to it.

    `on_write` is called with each request that changes something, after it was carried out and before it is answered.
    """
    application = DomainDispatcherApplication(create_backend_app)

    def watch(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer: Iterable[bytes] = application(environ, start_response)
        if environ["REQUEST_METHOD"] in WRITES:
            on_write(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return answer

    server = make_server("127.0.0.1", 0, watch, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    endpoint = f"http://127.0.0.1:{server.port}"
    request = urllib.request.Request(f"{endpoint}/{bucket}", method="PUT", headers={"Authorization": _AUTHORIZATION})
    urllib.request.urlopen(request).close()
    try:
        yield {
            "AWS_ACCESS_KEY_ID": "reader",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT": endpoint,
            "AWS_ALLOW_HTTP": "true",
        }
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
