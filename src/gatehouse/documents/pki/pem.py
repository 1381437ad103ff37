"""The textual form of certificates and lists: RFC 7468."""

from __future__ import annotations

import base64


def pem_blocks(data: bytes) -> list[bytes]:
    """What the PEM blocks (RFC 7468) in `data` hold; nothing where there is none, or none that can be decoded."""
    blocks = []
    for block in data.split(b"-----BEGIN ")[1:]:
        label, _, rest = block.partition(b"-----")
        body, end, _ = rest.partition(b"-----END " + label + b"-----")
        try:
            blocks.append(base64.b64decode(b"".join(body.split()), validate=True) if end else b"")
        except ValueError:
            continue
    return [block for block in blocks if block]
