"""A notice on its way: a real HTTP server, a real conversation with a mail server."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.monitoring.services.test_notices import BOTH, decide, down

from gatehouse.monitoring.models import Notice
from gatehouse.monitoring.telling.sending import NotToldError, send
from gatehouse.platform.config import config

pytestmark = pytest.mark.django_db


@contextmanager
def listening(server: socketserver.TCPServer) -> Iterator[int]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def webhook(status: int, got: list[tuple[dict[str, str], bytes]]) -> Iterator[str]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with listening(HTTPServer(("127.0.0.1", 0), Answering)) as port:
        yield f"http://127.0.0.1:{port}/hook"


@contextmanager
def mail_server(got: list[str], *, refuses: bool = False) -> Iterator[str]:
    """As much of RFC 5321 as a message needs."""

    class Talking(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(":")[0].split()[0].upper()
                if verb == "RCPT" and refuses:
                    self.say("550 no such person")
                elif verb == "DATA":
                    self.say("354 go on")
                    got.append(self.message())
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def message(self) -> str:
            lines = []
            while (line := self.rfile.readline().decode()) != ".\r\n":
                lines.append(line)
            return "".join(lines)

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with listening(socketserver.TCPServer(("127.0.0.1", 0), Talking)) as port:
        yield f"127.0.0.1:{port}"


def notice(channel: str, address: str = "") -> Notice:
    down()
    decide(201, BOTH)
    found = Notice.objects.select_related("incident__cause").first()
    assert found is not None
    found.channel, found.address = channel, address  # of this object alone
    return found


def test_a_webhook_is_as_alertmanager_sends_it_and_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "n" * 43
    (tmp_path / "key").write_text(secret)
    monkeypatch.setattr(config(), "notice_key_file", tmp_path / "key")
    got: list[tuple[dict[str, str], bytes]] = []
    with webhook(200, got) as address:
        assert send(notice("webhook", address)) == "HTTP 200"
    [(headers, body)] = got
    assert headers["X-Gatehouse-Signature"] == hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    said = json.loads(body)
    assert (said["version"], said["status"], said["receiver"]) == ("4", "firing", "duty")
    [alert] = said["alerts"]
    assert alert["labels"] == {
        "alertname": "GatehouseIncident",
        "device": "G1",
        "asset_class": "e_gate",
        "site": "TPE",
        "state": "down",
        "occasion": "opened",
    }
    assert (alert["startsAt"], alert["endsAt"]) == ("2024-02-01T00:01:40Z", "0001-01-01T00:00:00Z")


def test_what_the_other_side_refuses_did_not_arrive() -> None:
    with webhook(503, []) as address, pytest.raises(NotToldError, match="HTTP 503"):
        send(notice("webhook", address))


def test_nobody_there_is_said() -> None:
    with pytest.raises(NotToldError, match="refused"):
        send(notice("webhook", "http://127.0.0.1:9/"))


def test_an_address_that_is_none_did_not_arrive_either() -> None:
    with pytest.raises(NotToldError, match="Invalid port"):
        send(notice("webhook", "https://alerts.example:port/x"))


def test_a_mail_says_what_where_and_since_when_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[str] = []
    with mail_server(got) as server:
        monkeypatch.setattr(config(), "mail_server", server)
        assert send(notice("mail", "duty@border.example")) == "accepted"
    [message] = got
    assert "To: duty@border.example" in message
    assert "G1" in message


def test_a_mail_that_is_refused_did_not_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server([], refuses=True) as server:
        monkeypatch.setattr(config(), "mail_server", server)
        with pytest.raises(NotToldError, match="no such person"):
            send(notice("mail", "nobody@border.example"))


def test_without_a_mail_server_the_setting_is_named() -> None:
    with pytest.raises(NotToldError, match="GATEHOUSE_MAIL_SERVER"):
        send(notice("mail", "duty@border.example"))


def test_the_log_says_it_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "gatehouse.notices"):
        assert send(notice("log")) == ""
    [line] = caplog.messages
    assert "does not serve https://" in line
