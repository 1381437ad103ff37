"""What the centre signs for its devices: a file of three lines.

What it is with its version, the signature (Ed25519, base64), and the content as canonical JSON (RFC 8785). The
signature is verified over the bytes as they stand, before any of them is read.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ValidationError

from gatehouse.kernel.errors import ForbiddenError, UnreadableError
from gatehouse.kernel.results import Reason

LARGEST = 64 * 2**20
Content = TypeVar("Content", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class SignedFile(Generic[Content]):
    """A kind of file, with the words in which it is refused. `unreadable` has the parts `place` and `cause`."""

    magic: bytes
    content: type[Content]
    too_large: Reason
    another: Reason
    not_signed: Reason
    unreadable: Reason

    def signed(self, content: dict[str, Any], key: Ed25519PrivateKey) -> bytes:
        data = rfc8785.dumps(content)
        return b"\n".join((self.magic, b64encode(key.sign(self.magic + b"\n" + data)), data))

    def opened(self, data: bytes, centre: Ed25519PublicKey) -> Content:
        """Raises `UnreadableError` for what is no such file, and `ForbiddenError` where the centre did not sign it."""
        if len(data) > LARGEST:
            raise UnreadableError("%(why)s", why=self.too_large)
        magic, _, rest = data.partition(b"\n")
        signature, _, content = rest.partition(b"\n")
        if magic != self.magic:
            raise UnreadableError("%(why)s", why=self.another)
        try:
            centre.verify(b64decode(signature, validate=True), self.magic + b"\n" + content)
        except (InvalidSignature, ValueError) as error:
            raise ForbiddenError("%(why)s", why=self.not_signed) from error
        try:
            return self.content.model_validate_json(content)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise UnreadableError(
                "%(why)s", why=Reason(self.unreadable.text, place=place, cause=first["msg"])
            ) from error
