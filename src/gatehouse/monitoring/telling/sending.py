"""Sending one notice by its channel. What cannot be sent now raises `NotTold` with what the other side said."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import ssl
from email.message import EmailMessage
from smtplib import SMTP, SMTPException

import httpx

from gatehouse.monitoring.domain.notices import Channel
from gatehouse.monitoring.models import Notice
from gatehouse.monitoring.telling.words import alertmanager, subject, text
from gatehouse.platform.config import config

_TIMEOUT_S = 10.0
#: HMAC-SHA256 of the body under the secret of the settings, in hexadecimal, so that the other side knows who speaks.
SIGNATURE = "X-Gatehouse-Signature"
_log = logging.getLogger("gatehouse.notices")


class NotToldError(Exception):
    """It did not arrive."""


def send(notice: Notice) -> str:
    """Gives what the other side said. Raises `NotToldError`."""
    link = _link(notice)
    if notice.channel == Channel.LOG:
        _log.warning("%s %s", subject(notice), link)
        return ""
    return _mail(notice, link) if notice.channel == Channel.MAIL else _webhook(notice, link)


def _mail(notice: Notice, link: str) -> str:
    settings = config()
    if not settings.mail_server:
        raise NotToldError("no mail server is set: GATEHOUSE_MAIL_SERVER")
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject(notice), settings.mail_from, notice.address
    message.set_content(text(notice, link))
    host, _, port = settings.mail_server.rpartition(":")
    try:
        with SMTP(host, int(port), timeout=_TIMEOUT_S) as server:
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            server.send_message(message)
    except (OSError, SMTPException) as error:
        raise NotToldError(_short(error)) from error
    return "accepted"


def _webhook(notice: Notice, link: str) -> str:
    body = json.dumps(alertmanager(notice, link), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    secret = config().notice_secret()
    if secret:
        headers[SIGNATURE] = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    try:
        answer = httpx.post(notice.address, content=body, headers=headers, timeout=_TIMEOUT_S)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotToldError(_short(error)) from error
    said = f"HTTP {answer.status_code}"
    if not answer.is_success:
        raise NotToldError(said)
    return said


def _link(notice: Notice) -> str:
    host = config().hosts.split(",")[0].strip()
    return f"https://{host}/incidents/{notice.incident_id}/"


def _short(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:300]
