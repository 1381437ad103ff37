"""The agency's own sign-on: OpenID Connect, authorisation code with PKCE (OpenID Connect Core 1.0, RFC 7636, RFC 9207).

Everything that the provider says of a person comes from its ID token, whose signature, issuer, audience, times and
nonce are each looked at. Nothing is believed from elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from gatehouse.kernel.errors import RefusedError

#: Signatures by a key pair. `none`, and those by the client's secret, are refused (RFC 8725, 3.1 and 3.2).
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
KEY_TYPES = ("RSA", "EC", "OKP")
#: By how much the clocks of two servers may differ.
LEEWAY = timedelta(seconds=60)
#: How old the sign-in at the provider may be where it is asked to happen now.
NOW = timedelta(minutes=5)
TIMEOUT_SECONDS = 5.0


class Metadata(BaseModel):
    """What the provider says of itself (OpenID Connect Discovery 1.0, clause 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


@dataclass(frozen=True, slots=True)
class Client:
    """How this house is known to the provider."""

    issuer: str
    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One walk to the provider and back. What binds the two ends follows from one random text of one browser."""

    key: str
    redirect_uri: str
    #: Whether the person has to sign in at the provider now, however lately they did.
    again: bool = False

    @property
    def state(self) -> str:
        return self._derived("state")

    @property
    def nonce(self) -> str:
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        return self._derived("verifier")

    def _derived(self, what: str) -> str:
        return _base64(hmac.digest(self.key.encode(), what.encode(), "sha256"))


def address_to_ask(client: Client, ask: Ask) -> str:
    """Where the browser is sent. Raises `RefusedError` where the provider does not answer or is another."""
    query = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": ask.redirect_uri,
        "scope": "openid profile",
        "state": ask.state,
        "nonce": ask.nonce,
        "code_challenge": _base64(hashlib.sha256(ask.verifier.encode()).digest()),
        "code_challenge_method": "S256",
    }
    if ask.again:
        query |= {"prompt": "login", "max_age": "0"}
    endpoint = _metadata(client).authorization_endpoint
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"


def claims_of(client: Client, ask: Ask, answer: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    """What the provider says of the person who came back with `answer`, the query of the address they came to.

    Raises `RefusedError` with the one thing that is wrong.
    """
    if not hmac.compare_digest(answer.get("state", ""), ask.state):
        raise RefusedError("This answer of the agency's sign-on belongs to another question: begin again.")
    if answer.get("iss", client.issuer) != client.issuer:
        raise RefusedError("This answer comes from another sign-on than the agency's.")
    if "error" in answer:
        raise RefusedError("The agency's sign-on let nobody in: %(error)s", error=answer["error"][:200])
    metadata = _metadata(client)
    form = {
        "grant_type": "authorization_code",
        "code": answer.get("code", ""),
        "redirect_uri": ask.redirect_uri,
        "code_verifier": ask.verifier,
    }
    by_header = "client_secret_basic" in metadata.token_endpoint_auth_methods_supported
    credentials = httpx.BasicAuth(client.client_id, client.secret) if by_header else None
    if credentials is None:
        form |= {"client_id": client.client_id, "client_secret": client.secret}
    tokens = _asked("POST", metadata.token_endpoint, data=form, auth=credentials)
    keys = _asked("GET", metadata.jwks_uri)
    return _verified(client, ask, str(tokens.get("id_token", "")), keys, now)


def _verified(client: Client, ask: Ask, token: str, keys: Any, now: datetime) -> dict[str, Any]:
    """The claims of an ID token that is what clause 3.1.3.7 of OpenID Connect Core asks for."""
    try:
        # A provider may publish keys for other ends, and of kinds that are younger than this program.
        ours = [key for key in keys["keys"] if key.get("kty") in KEY_TYPES and key.get("use", "sig") == "sig"]
        claims = jwt.decode(token, KeySet.import_key_set({"keys": ours}), algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise RefusedError("The answer of the agency's sign-on is not signed by it.") from error
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != client.issuer:
        raise RefusedError("This answer comes from another sign-on than the agency's.")
    if client.client_id not in audiences or claims.get("azp", client.client_id) != client.client_id:
        raise RefusedError("This answer of the agency's sign-on is meant for another system.")
    if len(audiences) > 1 and "azp" not in claims:
        raise RefusedError("This answer of the agency's sign-on is meant for another system.")
    expires, issued = _moment(claims, "exp"), _moment(claims, "iat")
    if now - LEEWAY >= expires or issued > now + LEEWAY:
        raise RefusedError("This answer of the agency's sign-on is not of now: begin again, or see to the clocks.")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), ask.nonce.encode()):
        raise RefusedError("This answer of the agency's sign-on belongs to another question: begin again.")
    if ask.again and now - _moment(claims, "auth_time") > NOW:
        raise RefusedError("The agency's sign-on did not ask who sits there now.")
    if not isinstance(claims.get("sub"), str) or not 1 <= len(claims["sub"]) <= 255:
        raise RefusedError("The agency's sign-on does not say whom it let in.")
    return claims


def _moment(claims: Mapping[str, Any], name: str) -> datetime:
    value = claims.get(name)
    try:
        return datetime.fromtimestamp(float(value), tz=UTC)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise RefusedError("The answer of the agency's sign-on lacks %(claim)s.", claim=name) from error


def _metadata(client: Client) -> Metadata:
    address = client.issuer.rstrip("/") + "/.well-known/openid-configuration"
    try:
        metadata = Metadata.model_validate(_asked("GET", address))
    except ValidationError as error:
        raise RefusedError("The agency's sign-on does not say where it is asked.") from error
    if metadata.issuer != client.issuer:
        raise RefusedError("This answer comes from another sign-on than the agency's.")
    ends = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
    if client.issuer.startswith("https:") and not all(end.startswith("https:") for end in ends):
        raise RefusedError("The agency's sign-on asks for addresses without TLS.")
    return metadata


def _asked(method: str, address: str, **what: Any) -> dict[str, Any]:
    try:
        answer = httpx.request(method, address, timeout=TIMEOUT_SECONDS, **what)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RefusedError("The agency's sign-on does not answer. Sign in in another way, or try again.") from error
    try:
        said = answer.json()
    except ValueError:
        said = None
    if answer.status_code != httpx.codes.OK or not isinstance(said, dict):
        raise RefusedError("The agency's sign-on refused to say who it let in (%(code)d).", code=answer.status_code)
    return said


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
