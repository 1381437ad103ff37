"""The certificate that a device showed, as the proxy that ended TLS passes it on."""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode
from urllib.parse import unquote

from cryptography import x509
from django.http import HttpRequest

from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.platform.config import DeviceTls, config
from gatehouse.platform.device_authority import authority
from gatehouse.platform.device_certificates import require_certificate
from gatehouse.platform.models import Device

#: RFC 9440. The proxy sets it on every request and takes out what came from outside under this name.
HEADER = "Client-Cert"
#: By which the proxy proves that it was the one who set it: a certificate is no secret, anybody could name one.
PROOF = "X-Gatehouse-Proxy"
_LONGEST = 8192


def shown(request: HttpRequest) -> x509.Certificate | None:
    """As RFC 9440 writes it (`:base64 of DER:`), or as nginx does (PEM, percent-encoded); None without one.

    Raises `ForbiddenError` for a value that is no certificate, or that the proxy did not set. Where certificates are
    not asked for, nothing is read: there need be no proxy.
    """
    if config().device_tls is not DeviceTls.REQUIRED:
        return None
    given = request.headers.get(HEADER, "")
    if not given:
        return None
    proof = request.headers.get(PROOF, "").encode()
    if not hmac.compare_digest(proof, config().proxy_secret().encode()):
        raise ForbiddenError("a certificate is taken from the proxy alone")
    try:
        if len(given) > _LONGEST:
            raise ValueError("too long")
        if given.startswith(":") and given.endswith(":"):
            return x509.load_der_x509_certificate(b64decode(given[1:-1], validate=True))
        return x509.load_pem_x509_certificate(unquote(given).encode())
    except (ValueError, binascii.Error) as error:
        raise ForbiddenError("what was shown is no certificate") from error


def require_shown(request: HttpRequest, device: Device) -> None:
    """Raises `ForbiddenError` where the settings ask for a certificate and the device did not show its own."""
    if config().device_tls is DeviceTls.REQUIRED:
        require_certificate(authority(), device, shown(request), now=SystemClock().now())
