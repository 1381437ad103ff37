"""What a device takes along to work without the centre: signed lists, tables and roster, with a number and an end.

A file of three lines: what it is with its version, the signature (Ed25519, base64) and the content as canonical JSON
(RFC 8785). The signature is verified over the bytes as they stand, before any of them is read.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from gatehouse.device.credentials import Credential
from gatehouse.device.houses import House
from gatehouse.device.tables import Tables
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError, UnreadableError

MAGIC = b"gatehouse bundle 1"
LARGEST = 64 * 2**20
#: How far the clock of a device may be behind that of the centre.
LEEWAY = timedelta(minutes=5)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Officer(_Strict):
    """Somebody who may sign on at the device, and with what rights."""

    name: str
    full_name: str = ""
    permissions: tuple[str, ...]
    credential: Credential
    #: The key of the watch index, sealed to this officer.
    index_key: str


class TrustLists(_Strict):
    """Who is trusted to sign documents: the files of the lists in use by name, and pinned certificates, in base64."""

    files: dict[Annotated[str, Field(pattern=r"^[^/\\\x00]{1,200}$")], str] = {}
    pinned: tuple[str, ...] = ()


class Bundle(_Strict):
    """The content. `serial` rises with each bundle of a device; `issued` and `expires` are aware."""

    device: Annotated[str, Field(min_length=1, max_length=32)]
    port: Annotated[str, Field(min_length=1, max_length=8)]
    serial: Annotated[int, Field(ge=1)]
    issued: AwareDatetime
    expires: AwareDatetime
    tables: Tables
    roster: tuple[Officer, ...]
    trust: TrustLists
    #: `watch_index.build`.
    watch_index: dict[str, str]
    #: A training's says so; the agency's says nothing.
    mode: Literal["training"] | None = None

    @property
    def house(self) -> House:
        return House.TRAINING if self.mode else House.AGENCY

    def officer(self, name: str) -> Officer:
        """Raises `NotFoundError` where the roster does not name this officer."""
        for each in self.roster:
            if each.name == name:
                return each
        raise NotFoundError("the roster of this bundle does not name %(name)s", name=name)

    def age(self, now: datetime) -> timedelta:
        return max(timedelta(0), now - self.issued)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a device asks of a bundle: whose key signed it, for which device, and the highest number seen so far."""

    centre: Ed25519PublicKey
    device: str
    seen: int

    def open(self, data: bytes, *, now: datetime) -> Bundle:
        """The bundle. Raises `UnreadableError` for what is none, `ForbiddenError` where the centre did not sign it, and
        `RefusedError` where it is another device's, older than one that was seen, or not valid now."""
        bundle = verified(data, self.centre)
        if bundle.device != self.device:
            raise RefusedError("the bundle is for %(device)s, not for %(own)s", device=bundle.device, own=self.device)
        if bundle.serial < self.seen:
            raise RefusedError(
                "the bundle has the number %(serial)d, and number %(seen)d was used here before: "
                "an older one is not taken",
                serial=bundle.serial,
                seen=self.seen,
            )
        require_valid(bundle, now)
        return bundle


def require_valid(bundle: Bundle, now: datetime) -> None:
    """Raises `RefusedError` where the bundle is not valid at this moment."""
    if now >= bundle.expires:
        raise RefusedError("the bundle ended at %(at)s: fetch a new one", at=_said(bundle.expires))
    if now < bundle.issued - LEEWAY:
        raise RefusedError(
            "the bundle is valid from %(at)s, and the clock of this device says %(now)s",
            at=_said(bundle.issued),
            now=_said(now),
        )


def sign(bundle: Bundle, key: Ed25519PrivateKey) -> bytes:
    """The file of a bundle."""
    content = rfc8785.dumps(bundle.model_dump(mode="json", exclude=None if bundle.mode else {"mode"}))
    signature = key.sign(MAGIC + b"\n" + content)
    return b"\n".join((MAGIC, b64encode(signature), content))


def verified(data: bytes, centre: Ed25519PublicKey) -> Bundle:
    """The content of a file that the centre signed, whoever it is for and whenever. Raises as `Accepted.open`."""
    if len(data) > LARGEST:
        raise UnreadableError("a bundle has at most %(mib)d MiB", mib=LARGEST // 2**20)
    magic, _, rest = data.partition(b"\n")
    signature, _, content = rest.partition(b"\n")
    if magic != MAGIC:
        raise UnreadableError("this is no bundle of this version")
    try:
        centre.verify(b64decode(signature, validate=True), MAGIC + b"\n" + content)
    except (InvalidSignature, ValueError) as error:
        raise ForbiddenError("the bundle was not signed by the centre, or was changed since") from error
    try:
        return Bundle.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnreadableError(
            "the bundle cannot be read: %(place)s: %(cause)s", place=place, cause=first["msg"]
        ) from error


def public_key(text: str) -> Ed25519PublicKey:
    """The centre's key from its 32 bytes in base64. Raises `UnreadableError`."""
    try:
        return Ed25519PublicKey.from_public_bytes(b64decode(text, validate=True))
    except ValueError as error:
        raise UnreadableError("this is no public key of a centre: it is 32 bytes in base64") from error


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
