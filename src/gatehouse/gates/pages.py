"""Small pages on a port of this machine alone: their files, and who may open a WebSocket beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript"}


def answered(
    connection: ServerConnection, request: Request, *, package: str, pages: Mapping[str, str], sockets: frozenset[str]
) -> Response | None:
    """A file of the package's `static`, a refusal, or None for a WebSocket that may be opened.

    Another host's name or another origin is refused: a page elsewhere reaches nothing here.
    """
    own = {f"{name}:{connection.local_address[1]}" for name in ("127.0.0.1", "localhost")}
    if request.headers.get("Host", "") not in own:
        return _response(HTTPStatus.MISDIRECTED_REQUEST)
    if request.path in sockets:
        origin = request.headers.get("Origin")
        foreign = origin is not None and origin not in {f"http://{each}" for each in own}
        return _response(HTTPStatus.FORBIDDEN) if foreign else None
    name = pages.get(request.path)
    if name is None:
        return _response(HTTPStatus.NOT_FOUND)
    kind = _KINDS[name.rpartition(".")[2]]
    return _response(HTTPStatus.OK, (files(package) / "static" / name).read_bytes(), kind)


def read(text: str | bytes) -> dict[str, Any]:
    """A message of a page; an empty one where it is none."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _response(status: HTTPStatus, body: bytes = b"", kind: str = "text/plain") -> Response:
    headers = Headers(
        {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(body)),
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Connection": "close",
        }
    )
    return Response(status.value, status.phrase, headers, body)
