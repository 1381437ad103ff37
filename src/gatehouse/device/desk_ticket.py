"""How a console in a browser and the agent of its desk come to trust each other, with the centre between them.

1. The agent greets each connection with a fresh *challenge*.
2. The page asks the centre for a *ticket* to it, as a signed-in officer whose post is this desk. The centre binds the
   ticket to the challenge, to its own origin and to the agent's port, and authenticates it with the desk's key.
3. The agent takes the ticket once, on the connection whose challenge it answers, and answers with a *proof* that only a
   holder of the desk's key can make; the page compares it with the one that the centre announced.

The page holds no secret: what it carries is worthless for any other connection, origin, port or desk. The key follows
from the desk's token (`gatehouse device register`), whose digest is all that the centre keeps.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from gatehouse.kernel.errors import ForbiddenError, UnreadableError

#: Where an agent listens on 127.0.0.1 unless told otherwise: below the ports that systems give away by themselves.
AGENT_PORT = 8971
#: How long a ticket is good for. The challenge alone makes it fresh; this bounds one that was never used.
LIFETIME = timedelta(seconds=60)
#: The two clocks need not agree better than this.
LEEWAY = timedelta(minutes=5)
LONGEST_TICKET = 2048
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_TICKET, _PROOF = b"gatehouse desk ticket 1\n", b"gatehouse desk proof 1\n"


def desk_name(port: str, lane: str) -> str:
    """The name under which a desk's equipment is registered: TPE-A12."""
    return f"{port}-{lane}"


def desk_key(token_digest: str) -> bytes:
    """The key of a desk, from the hexadecimal SHA-256 of its token (RFC 5869, extract alone: the token is random)."""
    return hmac.digest(b"gatehouse desk key 1", token_digest.encode(), "sha256")


def key_of_token(token: str) -> bytes:
    """The same key as `desk_key`, from the token itself, as the desk holds it."""
    return desk_key(hashlib.sha256(token.encode()).hexdigest())


def fresh_challenge() -> str:
    """256 random bits, as 43 characters."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may speak to which agent: `port` is the agent's, `expires` an aware moment in ISO 8601."""

    desk: str
    challenge: str
    origin: str
    port: int
    officer: str
    expires: str


@dataclass(frozen=True, slots=True)
class Issued:
    """What the centre gives the page: the ticket, and the proof by which the page knows the agent."""

    ticket: str
    proof: str


def issue(key: bytes, *, desk: str, challenge: str, origin: str, port: int, officer: str, now: datetime) -> Issued:
    """The ticket of an officer for one connection. Raises `UnreadableError` for what is no challenge."""
    if not _CHALLENGE.fullmatch(challenge):
        raise UnreadableError("this is no challenge of a desk's agent")
    ticket = Ticket(desk, challenge, origin, port, officer, (now + LIFETIME).isoformat())
    body = json.dumps(asdict(ticket), separators=(",", ":")).encode()
    sealed = f"{_text(body)}.{_text(hmac.digest(key, _TICKET + body, 'sha256'))}"
    return Issued(sealed, proof(key, sealed))


def accept(key: bytes, sealed: str, *, desk: str, challenge: str, origin: str, port: int, now: datetime) -> Ticket:
    """The ticket, where all of it is as this connection asks. Raises `ForbiddenError` otherwise, and says why."""
    body, _, seal = sealed.partition(".")
    content, given = _octets(body), _octets(seal)
    if not hmac.compare_digest(hmac.digest(key, _TICKET + content, "sha256"), given):
        raise ForbiddenError("the ticket was not issued by this desk's centre")
    ticket = Ticket(**json.loads(content))
    asked = {"desk": desk, "challenge": challenge, "origin": origin, "port": port}
    for name, value in asked.items():
        if getattr(ticket, name) != value:
            raise ForbiddenError("the ticket is for another %(part)s", part=name)
    if datetime.fromisoformat(ticket.expires) + LEEWAY < now:
        raise ForbiddenError("the ticket has expired")
    return ticket


def proof(key: bytes, sealed: str) -> str:
    """What shows that the agent holds the key: an authentication of the ticket under a label of its own."""
    return _text(hmac.digest(key, _PROOF + sealed.encode(), "sha256"))


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _octets(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Error, UnicodeEncodeError) as error:
        raise ForbiddenError("this is no ticket") from error
