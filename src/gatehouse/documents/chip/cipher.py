"""The ciphers of a chip's protocols and the keys derived for them (ICAO 9303-11 clauses 9.7, 9.8.6 and 9.8.7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

from gatehouse.documents.pki.signatures import digest
from gatehouse.kernel.errors import UnreadableError

CHECKSUM = 8  # octets of a message authentication code


class Purpose(IntEnum):
    """The counter of the key derivation function: what a key is for."""

    ENCRYPTION = 1
    AUTHENTICATION = 2
    PASSWORD = 3


@dataclass(frozen=True, slots=True)
class CipherSuite:
    """A cipher with its key derivation. `key_size` and `block_size` are octets; `name` ends the protocols' names."""

    name: str
    key_size: int
    block_size: int
    hash_name: str

    def derive(self, secret: bytes, purpose: Purpose) -> bytes:
        """KDF(K, c): clause 9.7.1. Keys of 3DES have correct parity."""
        key = digest(self.hash_name, secret + purpose.to_bytes(4, "big"))[: self.key_size]
        return _with_parity(key) if self is TRIPLE_DES else key

    def encrypt(self, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
        """CBC over whole blocks; the initialisation vector is zero where none is given."""
        encryptor = Cipher(self._algorithm(key), modes.CBC(iv or bytes(self.block_size))).encryptor()
        return encryptor.update(data) + encryptor.finalize()

    def decrypt(self, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
        """The inverse of `encrypt`. Raises `UnreadableError` where the data are not whole blocks."""
        if len(data) % self.block_size:
            raise UnreadableError("%(size)d encrypted bytes are not whole blocks", size=len(data))
        decryptor = Cipher(self._algorithm(key), modes.CBC(iv or bytes(self.block_size))).decryptor()
        return decryptor.update(data) + decryptor.finalize()

    def mac(self, key: bytes, data: bytes) -> bytes:
        """The checksum of data of any length, padded as the algorithm itself pads: tokens and BAC."""
        return self.mac_of_blocks(key, pad(data, self.block_size) if self is TRIPLE_DES else data)

    def mac_of_blocks(self, key: bytes, blocks: bytes) -> bytes:
        """The checksum of data that secure messaging has padded: retail MAC or CMAC, eight octets of it."""
        if self is TRIPLE_DES:
            return _retail_mac(key, blocks)
        code = CMAC(algorithms.AES(key))
        code.update(blocks)
        return code.finalize()[:CHECKSUM]

    def _algorithm(self, key: bytes) -> BlockCipherAlgorithm:
        return TripleDES(key + key[:8]) if self is TRIPLE_DES else algorithms.AES(key)


TRIPLE_DES = CipherSuite("3DES-CBC-CBC", 16, 8, "sha1")
AES_128 = CipherSuite("AES-CBC-CMAC-128", 16, 16, "sha1")
AES_192 = CipherSuite("AES-CBC-CMAC-192", 24, 16, "sha256")
AES_256 = CipherSuite("AES-CBC-CMAC-256", 32, 16, "sha256")
SUITES = (TRIPLE_DES, AES_128, AES_192, AES_256)


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """KSEnc and KSMAC: clause 9.7.4."""

    suite: CipherSuite
    encryption: bytes
    authentication: bytes

    @classmethod
    def derive(cls, suite: CipherSuite, secret: bytes) -> SessionKeys:
        keys = (suite.derive(secret, purpose) for purpose in (Purpose.ENCRYPTION, Purpose.AUTHENTICATION))
        return cls(suite, *keys)


def pad(data: bytes, block_size: int) -> bytes:
    """ISO/IEC 9797-1 padding method 2: an octet 80, then zeros to the end of a block."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block_size)


def unpad(data: bytes) -> bytes:
    """Raises `UnreadableError` where the padding is not there."""
    stripped = data.rstrip(b"\0")
    if not stripped.endswith(b"\x80"):
        raise UnreadableError("the padding of decrypted data is missing")
    return stripped[:-1]


def _with_parity(key: bytes) -> bytes:
    return bytes(octet & 0xFE | (octet >> 1).bit_count() % 2 ^ 1 for octet in key)


def _retail_mac(key: bytes, blocks: bytes) -> bytes:
    """ISO/IEC 9797-1 MAC algorithm 3: DES in CBC with the first half of the key, the last block once more with both."""
    chained = Cipher(TripleDES(key[:8] * 3), modes.CBC(bytes(8))).encryptor()
    last = (chained.update(blocks) + chained.finalize())[-8:]
    inner = Cipher(TripleDES(key[8:] * 3), modes.ECB()).decryptor()  # noqa: S305 - a step of the algorithm
    outer = Cipher(TripleDES(key[:8] * 3), modes.ECB()).encryptor()  # noqa: S305
    return outer.update(inner.update(last) + inner.finalize()) + outer.finalize()
