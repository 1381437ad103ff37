"""What a lane takes along to work without the centre: rules, trust and lists, signed, with a number and an age.

Nobody signs on at a lane: the key of its watch index is sealed under a key that follows from the lane's own token. A
`signed_file`.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gatehouse.device.bundle import LEEWAY, TrustLists
from gatehouse.device.signed_file import LARGEST, SignedFile
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.kernel.results import Reason
from gatehouse.law.egate import EgateTable, Status

MAGIC = b"gatehouse lane lists 1"
_NONCE = bytes(12)  # each number of lists has a key of its own


class Known(BaseModel):
    """What the agency knows of the holder of a document beside the document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Status
    enrolled: bool


class LaneLists(BaseModel):
    """The content. `known` by keyed digests of documents; who is not in it is not enrolled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lane: Annotated[str, Field(min_length=1, max_length=32)]
    port: Annotated[str, Field(min_length=1, max_length=8)]
    serial: Annotated[int, Field(ge=1)]
    issued: AwareDatetime
    #: From this moment the lane closes itself.
    expires: AwareDatetime
    #: ICAO 9303-3 code of the state whose border this is, and the zone of its days.
    state: str
    time_zone: str
    egate: EgateTable
    trust: TrustLists
    watch_index: dict[str, str]
    known: dict[str, Known]
    index_key: str
    #: To which enrolments are sealed (`device.enrolling`); empty where this lane enrols nobody.
    enrolment_key: str = ""

    def open_key(self, own: bytes) -> bytes:
        """The key of the index, with the lane's own key. Raises `ForbiddenError` where it is another lane's."""
        try:
            return _cipher(own, self.serial).decrypt(_NONCE, b64decode(self.index_key), self.lane.encode())
        except (InvalidTag, ValueError) as error:
            raise ForbiddenError("the lists were not sealed to this lane") from error

    def of_document(self, key: bytes, issuer: str, number: str) -> Known | None:
        return self.known.get(place_of(key, issuer, number))


def place_of(key: bytes, issuer: str, number: str) -> str:
    """Under what `known` holds a document."""
    return b64encode(hmac.digest(key, f"known\0{issuer}\0{number}".encode(), "sha256")[:16]).decode()


def known_of(key: bytes, documents: Iterable[tuple[str, str, Known]]) -> dict[str, Known]:
    return {place_of(key, issuer, number): known for issuer, number, known in documents}


def seal_key(index_key: bytes, *, own: bytes, lane: str, serial: int) -> str:
    return b64encode(_cipher(own, serial).encrypt(_NONCE, index_key, lane.encode())).decode()


_FILE = SignedFile(
    MAGIC,
    LaneLists,
    too_large=Reason("the lists of a lane have at most %(mib)d MiB", mib=LARGEST // 2**20),
    another=Reason("these are no lists of a lane of this version"),
    not_signed=Reason("the lists were not signed by the centre, or were changed since"),
    unreadable=Reason("the lists cannot be read: %(place)s: %(cause)s"),
)


def sign(lists: LaneLists, key: Ed25519PrivateKey) -> bytes:
    """The file."""
    return _FILE.signed(lists.model_dump(mode="json"), key)


def opened(data: bytes, *, centre: Ed25519PublicKey, lane: str, seen: int, now: datetime) -> LaneLists:
    """Raises `UnreadableError` for what are no lists, `ForbiddenError` where the centre did not sign them, and
    `RefusedError` where they are another lane's, older than some that were seen, or not valid now."""
    lists = _FILE.opened(data, centre)
    if lists.lane != lane:
        raise RefusedError("the lists are for %(device)s, not for %(own)s", device=lists.lane, own=lane)
    if lists.serial < seen:
        raise RefusedError(
            "the lists have the number %(serial)d, and number %(seen)d was used here before",
            serial=lists.serial,
            seen=seen,
        )
    require_fresh(lists, now)
    return lists


def require_fresh(lists: LaneLists, now: datetime) -> None:
    """Raises `RefusedError` where they are too old, or of a time to come."""
    if now >= lists.expires or now < lists.issued - LEEWAY:
        raise RefusedError(
            "the lists are of %(issued)s and end at %(expires)s; this lane's clock says %(now)s",
            issued=lists.issued.isoformat(timespec="minutes"),
            expires=lists.expires.isoformat(timespec="minutes"),
            now=now.isoformat(timespec="minutes"),
        )


def _cipher(own: bytes, serial: int) -> AESGCM:
    return AESGCM(hmac.digest(own, b"gatehouse lane lists 1\0%d" % serial, "sha256"))
