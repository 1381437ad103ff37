"""A face that was enrolled in a lane, on its way to the centre: sealed to it, so that nobody between can read it.

X25519 with a key for each message, HKDF-SHA-256, AES-256-GCM. The lane keeps nothing but the sealed picture in its
ledger, until the centre has it and the ledger forgets.
"""

from __future__ import annotations

from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gatehouse.kernel.errors import UnreadableError

#: Of the words to which a person agrees (`gates/guidance/texts`): renewed when they say something else.
CONSENT = "lane-enrolment 1"
_KEY, _NONCE = 32, bytes(12)  # each message has a key of its own


def key_from(secret: str) -> X25519PrivateKey:
    """The centre's, from the secret of its settings."""
    seed = HKDF(hashes.SHA256(), _KEY, None, b"gatehouse lane enrolment 1").derive(secret.encode())
    return X25519PrivateKey.from_private_bytes(seed)


def public_text(key: X25519PrivateKey) -> str:
    return b64encode(key.public_key().public_bytes_raw()).decode()


def sealed(content: bytes, *, centre: str) -> str:
    """For the centre alone, in base64. Raises `UnreadableError` where `centre` is no key."""
    try:
        to = X25519PublicKey.from_public_bytes(b64decode(centre, validate=True))
    except ValueError as error:
        raise UnreadableError("this is no key to which an enrolment can be sealed") from error
    fleeting = X25519PrivateKey.generate()
    own = fleeting.public_key().public_bytes_raw()
    cipher = _cipher(fleeting.exchange(to), own, to.public_bytes_raw())
    return b64encode(own + cipher.encrypt(_NONCE, content, None)).decode()


def opened(text: str, key: X25519PrivateKey) -> bytes:
    """Raises `UnreadableError` where it was sealed to another centre, or changed since."""
    try:
        data = b64decode(text, validate=True)
        own = data[:_KEY]
        shared = key.exchange(X25519PublicKey.from_public_bytes(own))
        return _cipher(shared, own, key.public_key().public_bytes_raw()).decrypt(_NONCE, data[_KEY:], None)
    except (InvalidTag, ValueError) as error:
        raise UnreadableError("the enrolment was not sealed to this centre, or was changed since") from error


def _cipher(shared: bytes, fleeting: bytes, centre: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), _KEY, None, b"gatehouse lane enrolment 1\n" + fleeting + centre).derive(shared))
