"""What a device takes along to work without the centre: signed lists, tables and roster, with a number and an end.

A `signed_file`.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gatehouse.device.credentials import Credential
from gatehouse.device.houses import House
from gatehouse.device.signed_file import LARGEST, SignedFile
from gatehouse.device.tables import Tables
from gatehouse.kernel.errors import NotFoundError, RefusedError, UnreadableError
from gatehouse.kernel.results import Reason

MAGIC = b"gatehouse bundle 1"
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


_FILE = SignedFile(
    MAGIC,
    Bundle,
    too_large=Reason("a bundle has at most %(mib)d MiB", mib=LARGEST // 2**20),
    another=Reason("this is no bundle of this version"),
    not_signed=Reason("the bundle was not signed by the centre, or was changed since"),
    unreadable=Reason("the bundle cannot be read: %(place)s: %(cause)s"),
)


def sign(bundle: Bundle, key: Ed25519PrivateKey) -> bytes:
    """The file of a bundle."""
    return _FILE.signed(bundle.model_dump(mode="json", exclude=None if bundle.mode else {"mode"}), key)


def verified(data: bytes, centre: Ed25519PublicKey) -> Bundle:
    """The content of a file that the centre signed, whoever it is for and whenever. Raises as `Accepted.open`."""
    return _FILE.opened(data, centre)


def public_key(text: str) -> Ed25519PublicKey:
    """The centre's key from its 32 bytes in base64. Raises `UnreadableError`."""
    try:
        return Ed25519PublicKey.from_public_bytes(b64decode(text, validate=True))
    except ValueError as error:
        raise UnreadableError("this is no public key of a centre: it is 32 bytes in base64") from error


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
