"""Basic access control, the chip's side (ICAO 9303-11 clause 4.3)."""

from __future__ import annotations

import hmac

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.cipher import CHECKSUM, TRIPLE_DES, SessionKeys
from gatehouse.documents.chip.simulator.randomness import Randomness
from gatehouse.documents.chip.simulator.refusal import Refusal
from gatehouse.documents.chip.status import Status

CHALLENGE = 8
_SECRET = 16
_CRYPTOGRAM = 2 * CHALLENGE + _SECRET
_SEED = 16  # octets of K that the document basic access keys are derived from: clause 9.7.2


def authenticate(key: MrzKey, challenge: bytes, data: bytes, random: Randomness) -> tuple[bytes, SessionKeys, int]:
    """EXTERNAL AUTHENTICATE: the chip's cryptogram, and the keys and counter that follow. Raises `Refusal`."""
    keys = SessionKeys.derive(TRIPLE_DES, key.secret[:_SEED])
    if len(data) != _CRYPTOGRAM + CHECKSUM:
        raise Refusal(Status.WRONG_LENGTH)
    cryptogram, checksum = data[:_CRYPTOGRAM], data[_CRYPTOGRAM:]
    if not hmac.compare_digest(TRIPLE_DES.mac(keys.authentication, cryptogram), checksum):
        raise Refusal(Status.AUTHENTICATION_FAILED)
    opened = TRIPLE_DES.decrypt(keys.encryption, cryptogram)
    theirs, ours, secret = opened[:CHALLENGE], opened[CHALLENGE : 2 * CHALLENGE], opened[2 * CHALLENGE :]
    if not hmac.compare_digest(ours, challenge):
        raise Refusal(Status.AUTHENTICATION_FAILED)
    own_secret = random.octets(_SECRET)
    answer = TRIPLE_DES.encrypt(keys.encryption, ours + theirs + own_secret)
    shared = bytes(one ^ other for one, other in zip(secret, own_secret, strict=True))
    counter = int.from_bytes(ours[-4:] + theirs[-4:], "big")  # clause 9.8.6.3
    return answer + TRIPLE_DES.mac(keys.authentication, answer), SessionKeys.derive(TRIPLE_DES, shared), counter
