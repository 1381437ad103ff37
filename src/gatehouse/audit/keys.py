"""The key that signs checkpoints: given in production, made once by a demo or a test for itself."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gatehouse.audit.checkpoint import SigningKey
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import Mode, config


def signing_key() -> SigningKey:
    """The log's signing key. Raises `UnreadableError` where the file is absent or holds another kind of key."""
    file = config().audit_key
    if config().mode is not Mode.PRODUCTION and not file.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(pem)
    try:
        return SigningKey.load(config().audit_origin, file.read_bytes())
    except OSError as error:
        raise UnreadableError("the audit key %(file)s: %(cause)s", file=str(file), cause=error.strerror) from error
