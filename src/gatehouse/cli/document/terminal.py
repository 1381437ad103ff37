"""What a terminal shows to chips that give fingerprints to authorised ones alone."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_pem_private_key

from gatehouse.cli.streams import read_input
from gatehouse.documents.chip.cv_certificates import CvCertificate, PrivateKey
from gatehouse.documents.chip.errors import UnsupportedProtocolError
from gatehouse.documents.chip.terminal_authentication import TerminalCredentials
from gatehouse.kernel.errors import UnreadableError


def terminal_credentials(certificates: Sequence[str], key: str | None) -> TerminalCredentials | None:
    """From files; None where none are named. Raises `UnreadableError`, which names the file."""
    if not certificates and key is None:
        return None
    if not certificates or key is None:
        raise UnreadableError("--terminal and --terminal-key are given together")
    return TerminalCredentials(tuple(map(_certificate, certificates)), _private_key(key))


def _certificate(name: str) -> CvCertificate:
    data = read_input(name)
    try:
        return CvCertificate.read(data)
    except (UnreadableError, UnsupportedProtocolError) as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=name, cause=error.reason) from error


def _private_key(name: str) -> PrivateKey:
    data = read_input(name)
    load = load_pem_private_key if data.startswith(b"-----") else load_der_private_key
    try:
        key = load(data, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnreadableError("%(name)s is no private key without a password", name=name) from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise UnreadableError("%(name)s is a key that no chip verifies with", name=name)
    return key
