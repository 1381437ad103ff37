"""The pseudo-random function of PACE with integrated mapping (ICAO 9303-11 clause 4.4.3.3.2, figure 2)."""

from __future__ import annotations

from gatehouse.documents.chip.cipher import CipherSuite

_CONSTANTS = {
    16: (
        bytes.fromhex("a668892a7c41e3ca739f40b057d85904"),
        bytes.fromhex("a4e136ac725f738b01c1f60217c188ad"),
    ),
    32: (
        bytes.fromhex("d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676"),
        bytes.fromhex("54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517"),
    ),
}


def nonce_size(suite: CipherSuite) -> int:
    """Octets of the nonce s: the fewest whole blocks that hold a key."""
    return 16 if suite.key_size <= 16 else 32


def pseudo_random(suite: CipherSuite, s: bytes, t: bytes, field: int) -> int:
    """Rp(s, t): `s` the chip's nonce, `t` the terminal's, of a key's length; `field` the prime. A number below it."""
    return int.from_bytes(_stream(suite, s, t, field.bit_length() + 64), "big") % field


def _stream(suite: CipherSuite, s: bytes, t: bytes, bits: int) -> bytes:
    """R(s, t): the fewest blocks of the nonce's length that make up `bits`."""
    for_key, for_output = _CONSTANTS[nonce_size(suite)]
    key = suite.encrypt(t, s)[: suite.key_size]
    stream = b""
    while 8 * len(stream) < bits:
        stream += suite.encrypt(key, for_output)
        key = suite.encrypt(key, for_key)[: suite.key_size]
    return stream
