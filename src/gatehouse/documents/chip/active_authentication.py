"""Active authentication: the chip signs the terminal's challenge (ICAO 9303-11 clause 6.1)."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator

from asn1crypto import keys

from gatehouse.documents.chip.apdu import EXTENDED_EXPECTED, SHORT_EXPECTED, CommandApdu, Instruction
from gatehouse.documents.chip.channel import CHALLENGE, Channel
from gatehouse.documents.chip.errors import AuthenticationError, UnsupportedProtocolError
from gatehouse.documents.chip.plain_signatures import to_der
from gatehouse.documents.lds.public_keys import ChipKey
from gatehouse.documents.pki.asn1 import reading
from gatehouse.documents.pki.keys import PublicKey, UnsupportedKeyError, public_key
from gatehouse.documents.pki.signatures import ECDSA, HASHES, Scheme, digest, is_signed

#: ecdsa-plain-signatures: bsi-de algorithms(1) id-ecc(1) signatures(4) 1 (BSI TR-03111 clause 5.2.1.2).
_PLAIN_ECDSA = "0.4.0.127.0.7.1.1.4.1"
_HASH_OF = {
    f"{_PLAIN_ECDSA}.{number}": name
    for number, name in enumerate(("sha1", "sha224", "sha256", "sha384", "sha512"), start=1)
}
#: The octet before CC in the trailer: 9303-11 clause 6.1.2.2, and ISO/IEC 10118 for SHA-1.
_TRAILERS = {0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}
_SHA1_TRAILER, _LONG_TRAILER = 0xBC, 0xCC
_LONGEST_EXPONENT = 64
_PARTIAL_RECOVERY, _PADDING, _END = 0x6, 0xB, 0xA


def authenticate_actively(
    channel: Channel,
    key: ChipKey,
    *,
    algorithm: str | None = None,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """Let the chip prove the private half of EF.DG15's key. The hash of its signature, by its name in `HASHES`.

    `algorithm` is the signature algorithm that EF.DG14 names, a dotted identifier. Raises `AuthenticationError` where
    the signature is wrong, `StatusError` where the chip refuses, `UnsupportedProtocolError` for another kind of key.
    """
    challenge = random(CHALLENGE)
    signature = _signature(channel, challenge, key)
    found = verified_hash(signature, challenge, key, algorithm)
    if found is None:
        raise AuthenticationError("the chip's signature is not made with the key of EF.DG15")
    return found


def _signature(channel: Channel, challenge: bytes, key: ChipKey) -> bytes:
    """With extended lengths where the signature needs them (9303-11 clause 6.1.4)."""
    longest = channel.session.longest_short_response if channel.session else SHORT_EXPECTED
    size = (key.bits or 0) // 8
    expected = SHORT_EXPECTED if size <= longest else EXTENDED_EXPECTED
    instruction = Instruction.INTERNAL_AUTHENTICATE
    return channel.send(CommandApdu(0, instruction, 0, 0, challenge, expected)).need(instruction)


def verified_hash(signature: bytes, challenge: bytes, key: ChipKey, algorithm: str | None) -> str | None:
    """The hash of a right signature, None for a wrong one. Raises as `authenticate_actively`, or `UnreadableError`."""
    if key.kind == "RSA":
        return _verified_rsa(signature, challenge, key)
    if key.kind == "EC":
        return _verified_ecdsa(signature, challenge, key, algorithm)
    raise UnsupportedProtocolError(
        "active authentication with keys of the kind %(kind)s is not supported", kind=key.kind
    )


def _verified_rsa(signature: bytes, challenge: bytes, key: ChipKey) -> str | None:
    with reading("the key of EF.DG15"):
        numbers = keys.PublicKeyInfo.load(key.der)["public_key"].parsed
        modulus = int.from_bytes(numbers["modulus"].contents, "big")
        exponent = int.from_bytes(numbers["public_exponent"].contents, "big")
    message = recover(signature, modulus, exponent)
    return None if message is None else signed_hash(message, challenge)


def recover(signature: bytes, modulus: int, exponent: int) -> bytes | None:
    """The message representative of an RSA signature (ISO/IEC 9796-2 annexes B.4 and B.6); None where it is none."""
    number = int.from_bytes(signature, "big")
    if not 1 < number < modulus or exponent.bit_length() > _LONGEST_EXPONENT or not modulus % 2:
        return None
    opened = pow(number, exponent, modulus)
    if opened % 16 != _LONG_TRAILER % 16:
        opened = modulus - opened
    return opened.to_bytes((modulus.bit_length() + 7) // 8, "big")


def signed_hash(representative: bytes, challenge: bytes) -> str | None:
    """The hash by which a representative with partial recovery signs the challenge (ISO/IEC 9796-2 scheme 1)."""
    name, trailer = _trailer(representative)
    start = _end_of_header(representative)
    if name is None or start is None:
        return None
    end = len(representative) - trailer - HASHES[name].digest_size
    if end < start:
        return None
    hashed = representative[end : end + HASHES[name].digest_size]
    right = hmac.compare_digest(digest(name, representative[start:end] + challenge), hashed)
    return name if right else None


def _trailer(representative: bytes) -> tuple[str | None, int]:
    """The hash that it names, and its octets."""
    if representative[-1:] == bytes((_SHA1_TRAILER,)):
        return "sha1", 1
    if len(representative) > 1 and representative[-1] == _LONG_TRAILER:
        return _TRAILERS.get(representative[-2]), 2
    return None, 0


def _end_of_header(representative: bytes) -> int | None:
    """Where the recoverable part begins: after the nibble 6 and, behind any nibbles B, the nibble A."""
    nibbles = representative.hex()
    if nibbles[:1] != f"{_PARTIAL_RECOVERY:x}":
        return None
    rest = nibbles[1:].lstrip(f"{_PADDING:x}")
    at = len(nibbles) - len(rest) + 1
    return at // 2 if rest[:1] == f"{_END:x}" and at % 2 == 0 else None


def _verified_ecdsa(signature: bytes, challenge: bytes, key: ChipKey, algorithm: str | None) -> str | None:
    """With the hash that EF.DG14 names; where it names none, with any: 9303-11 fixes it there alone."""
    with reading("the key of EF.DG15"):
        public = public_key(keys.PublicKeyInfo.load(key.der))
    encoded = list(_encodings(signature))
    names = [_HASH_OF[algorithm]] if algorithm in _HASH_OF else list(_HASH_OF.values())
    return next((name for name in names for der in encoded if _is_signed(challenge, der, name, public)), None)


def _encodings(signature: bytes) -> Iterator[bytes]:
    """As the plain format has it, and in DER, which some national cards send."""
    plain = to_der(signature)
    if plain is not None:
        yield plain
    if signature[:1] == b"\x30":
        yield signature


def _is_signed(challenge: bytes, der: bytes, hash_name: str, public: PublicKey) -> bool:
    try:
        return is_signed(challenge, der, Scheme(ECDSA, hash_name), public)
    except UnsupportedKeyError as error:
        raise UnsupportedProtocolError("%(cause)s", cause=error.reason) from error
