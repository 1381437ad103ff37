"""Private keys of the house in files: given in production, made once by a demo or a test for itself."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import Mode, config


def kept_pem(file: Path) -> bytes:
    """The Ed25519 key in PEM that lies there; outside production it is made where there is none. Raises `OSError`."""
    if config().mode is not Mode.PRODUCTION and not file.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(pem)
    return file.read_bytes()


def bundle_key() -> Ed25519PrivateKey:
    """The centre's key that signs the bundles of devices. Raises `UnreadableError` where there is none."""
    file = config().bundle_key
    try:
        key = load_pem_private_key(kept_pem(file), None)
    except OSError as error:
        cause = error.strerror
        raise UnreadableError("the bundle key %(file)s: %(cause)s", file=str(file), cause=cause) from error
    except (ValueError, TypeError) as error:
        raise UnreadableError("the bundle key %(file)s is no private key without a password", file=str(file)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UnreadableError("the bundle key %(file)s is no Ed25519 key", file=str(file))
    return key
