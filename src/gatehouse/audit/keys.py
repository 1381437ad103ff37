"""The key that signs checkpoints: given in production, made once by a demo or a test for itself."""

from __future__ import annotations

from gatehouse.audit.checkpoint import SigningKey
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import config
from gatehouse.platform.keys import kept_pem


def signing_key() -> SigningKey:
    """The log's signing key. Raises `UnreadableError` where the file is absent or holds another kind of key."""
    file = config().audit_key
    try:
        return SigningKey.load(config().audit_origin, kept_pem(file))
    except OSError as error:
        raise UnreadableError("the audit key %(file)s: %(cause)s", file=str(file), cause=error.strerror) from error
