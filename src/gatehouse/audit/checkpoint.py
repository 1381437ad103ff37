"""Signed checkpoints of the tree: C2SP tlog-checkpoint in a C2SP signed-note, with Ed25519 signatures."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from gatehouse.kernel.errors import RefusedError, UnreadableError

#: The signature type of Ed25519 in a C2SP signed-note.
_ED25519 = b"\x01"
#: A key's name holds neither spaces nor a plus sign (C2SP signed-note, "Format").
_NAME = re.compile(r"[^\s+]+")
_SIGNATURE = re.compile("— ([^ +]+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile("0|[1-9][0-9]{0,18}")


class UntrustedCheckpointError(RefusedError):
    """The note is well formed, but no trusted key vouches for it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself at one moment: its name, its size in leaves, the root of that tree (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key by the name of its log: `name+keyid+base64` (C2SP signed-note, "Verifier keys")."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The first 4 bytes of SHA-256(name, newline, signature type, public key)."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `name+keyid+base64`. Raises `UnreadableError` for anything else, and for an id that does not match."""
        name, _, rest = text.strip().partition("+")
        shown_id, _, encoded = rest.partition("+")
        key = _decode(encoded)
        if not _NAME.fullmatch(name) or len(key) != 33 or key[:1] != _ED25519:
            raise UnreadableError("the verifier key is not of the form name+keyid+base64 with an Ed25519 key")
        found = cls(name, key[1:])
        if found.id.hex() != shown_id.lower():
            raise UnreadableError("the verifier key's id %(id)s does not match its key", id=shown_id)
        return found

    def verifies(self, text: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """An Ed25519 private key and the name of the log that it speaks for."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        if not _NAME.fullmatch(name):
            raise UnreadableError("a log's name holds neither spaces nor a plus sign: %(name)s", name=name)
        self._private = private
        self.verifier = VerifierKey(name, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @classmethod
    def load(cls, name: str, pem: bytes) -> Self:
        """Read an Ed25519 key from PEM (PKCS #8). Raises `UnreadableError` for any other key."""
        try:
            private = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError) as error:
            raise UnreadableError("the audit key is not a private key in PEM without a password") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise UnreadableError("the audit key is not an Ed25519 key")
        return cls(name, private)

    def sign(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a signed note."""
        text = checkpoint.text()
        signature = base64.b64encode(self.verifier.id + self._private.sign(text.encode())).decode()
        return f"{text}\n— {self.verifier.name} {signature}\n"


def read_checkpoint(note: str) -> Checkpoint:
    """What the note says, without asking who signed it. Raises `UnreadableError` for what is not a checkpoint."""
    text, _ = _parts(note)
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines) or not _SIZE.fullmatch(lines[1]) or len(_decode(lines[2])) != 32:
        raise UnreadableError("the note is not a checkpoint: a name, a size and a root of 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), _decode(lines[2]))


def open_checkpoint(note: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint of a note that a trusted key signed.

    Raises `UnreadableError` for what is not a checkpoint, and `UntrustedCheckpointError` where no trusted key signed
    it, a trusted key's signature does not match, or the signer's name is not the log's.
    """
    checkpoint = read_checkpoint(note)
    text, signatures = _parts(note)
    trusted = {(key.name, key.id): key for key in keys if key.name == checkpoint.origin}
    vouched = False
    for name, signature in signatures:
        key = trusted.get((name, signature[:4]))
        if key and not key.verifies(text.encode(), signature[4:]):
            raise UntrustedCheckpointError("the checkpoint's signature by %(name)s does not match", name=name)
        vouched = vouched or key is not None
    if not vouched:
        raise UntrustedCheckpointError("no trusted key signed the checkpoint of %(origin)s", origin=checkpoint.origin)
    return checkpoint


def _parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text of a signed note and its signatures, as (name, key id and signature)."""
    text, blank, lines = note.rpartition("\n\n")
    found = [_SIGNATURE.fullmatch(line) for line in lines.removesuffix("\n").split("\n")]
    if not blank or not lines.endswith("\n") or not all(found):
        raise UnreadableError("the checkpoint is not a signed note")
    return text + "\n", [(match[1], _decode(match[2])) for match in found if match]


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
