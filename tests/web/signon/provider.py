"""A provider of OpenID Connect on 127.0.0.1 that can be told to misbehave, and knows nothing of what it tests."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT_ID, CLIENT_SECRET = "gatehouse", "a secret: of the client"


class Provider:
    """Who signs in there is `claims`; what is wrong with the next answer is `wrong` (claims of the ID token instead of
    those that are right; None leaves one out), `key` and `algorithm` (what signs it).
    """

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "248289761001", "preferred_username": "chen", "name": "陳怡君"}
        self.wrong: dict[str, Any] = {}
        self.discovery: dict[str, Any] = {}
        self.key: Any = jwk.generate_key("RSA", 2048, {"kid": "1"}, private=True)
        self.published = self.key
        self.more_keys: list[Any] = []
        self.algorithm = "RS256"
        self.issuer = ""
        self.codes: dict[str, dict[str, str]] = {}
        #: What was asked, in order: the path, and how.
        self.asked: list[tuple[str, dict[str, str]]] = []

    def authorise(self, query: dict[str, str]) -> str:
        """Where the browser goes on to, as after a person signed in."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if authorization != f"Basic {known}":
            return 401, {"error": "invalid_client"}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or asked["code_challenge"] != challenge.decode().rstrip("="):
            return 400, {"error": "invalid_grant"}
        if asked["code_challenge_method"] != "S256" or asked["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        right = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        if "max_age" in asked:
            right["auth_time"] = now
        said = {name: value for name, value in {**right, **self.claims, **self.wrong}.items() if value is not None}
        header = {"alg": self.algorithm, "kid": "1"}
        return 200, {"id_token": jwt.encode(header, said, self.key, [self.algorithm]), "token_type": "Bearer"}


@contextmanager
def serving() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            provider.asked.append((address.path, query))
            if address.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorise(query))
                self.end_headers()
            elif address.path == "/jwks":
                self._say(200, {"keys": [*provider.more_keys, provider.published.as_dict(private=False)]})
            else:
                ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
                said = {"issuer": provider.issuer} | {name: f"{provider.issuer}/{end}" for name, end in ends.items()}
                self._say(200, said | provider.discovery)

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(text).items()}
            provider.asked.append((self.path, form))
            self._say(*provider.token(form, self.headers.get("Authorization", "")))

        def _say(self, code: int, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield provider
        finally:
            server.shutdown()
