"""A device's short-lived certificate: it makes its own key, asks the centre to sign it, and asks again before the end.

The private key never leaves the device. Key and certificate lie in one file, replaced as a whole, for its owner alone.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pydantic import BaseModel, ConfigDict

from gatehouse.device.delivery import UnreachableError, ask
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import UnreadableError

ROUTE = "/edge/v1/certificates"
#: How a certificate names its device (RFC 8141; in the subject alternative name).
_URN = "urn:gatehouse:device:"


class Signed(BaseModel):
    """The centre's answer: a certificate in PEM."""

    certificate: str


class IdentitySettings(BaseModel):
    """The section `[identity]` of a device's settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Key and certificate; made here.
    file: Path
    #: The authority that signed the centre's own certificate, in PEM; None takes those of the system.
    centre_ca: Path | None = None


def urn_of(device: str) -> str:
    return _URN + device


def device_named(certificate: x509.Certificate) -> str | None:
    """The device that a certificate names, None where it names none or several."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return None
    urns = [name for name in names.get_values_for_type(x509.UniformResourceIdentifier) if name.startswith(_URN)]
    return urns[0].removeprefix(_URN) if len(urns) == 1 else None


@dataclass(frozen=True, slots=True)
class Identity:
    """What lies in the file, which need not be there yet."""

    settings: IdentitySettings

    def certificate(self) -> x509.Certificate | None:
        """Raises `UnreadableError` for a file that is something else or that others can read."""
        file = self.settings.file
        if not file.exists():
            return None
        if file.stat().st_mode & 0o077:
            raise UnreadableError("%(file)s can be read by others: chmod 600 %(file)s", file=str(file))
        try:
            return x509.load_pem_x509_certificate(file.read_bytes())
        except ValueError as error:
            raise UnreadableError("%(file)s holds no certificate: remove it and enrol again", file=str(file)) from error

    def is_due(self, now: datetime) -> bool:
        """A third of its life is left, or nothing."""
        held = self.certificate()
        if held is None:
            return True
        whole = held.not_valid_after_utc - held.not_valid_before_utc
        return held.not_valid_after_utc - now <= whole / 3

    def context(self) -> ssl.SSLContext:
        """TLS that knows the centre, and shows the certificate where there is one."""
        ca = self.settings.centre_ca
        try:
            context = ssl.create_default_context(cafile=str(ca) if ca else None)
            if self.certificate() is not None:
                context.load_cert_chain(self.settings.file)
        except (OSError, ssl.SSLError) as error:
            raise UnreadableError("the certificates of this device: %(cause)s", cause=str(error)) from error
        return context

    def renew(self, client: httpx.Client, device: str, token: str) -> None:
        """A new key and a certificate for it, in the place of the old. Raises as `Delivery.deliver_once`."""
        key = ec.generate_private_key(ec.SECP256R1())
        wanted = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(urn_of(device))])
        request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).add_extension(wanted, False)
        pem = request.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()
        signed = ask(client, token, ROUTE, {"device": device, "request": pem}, Signed)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._keep(private + signed.certificate.encode())

    def _keep(self, pem: bytes) -> None:
        file = self.settings.file
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as fresh:  # made with mode 0600
            fresh.write(pem)
            fresh.flush()
            os.fsync(fresh.fileno())
        Path(fresh.name).replace(file)


@contextmanager
def connected(
    address: str, identity: IdentitySettings | None, *, device: str, token: str, clock: Clock
) -> Iterator[httpx.Client]:
    """A client of the centre, which shows this device's certificate; one that is due is renewed first.

    While the old one still holds, a renewal that fails waits for the next time.
    """
    if identity is None:
        with httpx.Client(base_url=address) as client:
            yield client
        return
    held = Identity(identity)
    if held.is_due(clock.now()):
        certificate = held.certificate()
        holds = certificate is not None and certificate.not_valid_after_utc > clock.now()
        later = suppress(UnreachableError) if holds else nullcontext()
        with later, httpx.Client(base_url=address, verify=held.context()) as client:
            held.renew(client, device, token)
    with httpx.Client(base_url=address, verify=held.context()) as client:
        yield client
