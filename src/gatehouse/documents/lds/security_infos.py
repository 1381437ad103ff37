"""SecurityInfos: the security protocols that a chip offers (ICAO 9303-11 clause 9.2).

The list is read as it is; a protocol that has no name here keeps its object identifier.
"""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import core

from gatehouse.documents.lds.public_keys import ChipKey, chip_key
from gatehouse.documents.pki.asn1 import reading
from gatehouse.documents.tlv import Tlv

_INTEGER, _OBJECT_IDENTIFIER, _SEQUENCE = 0x02, 0x06, 0x30
_BSI = "0.4.0.127.0.7.2.2"  # bsi-de protocols(2) smartcard(2)
_CIPHERS = ("3DES-CBC-CBC", "AES-CBC-CMAC-128", "AES-CBC-CMAC-192", "AES-CBC-CMAC-256")
#: Protocols that end in a cipher of `_CIPHERS`: 9303-11 clauses 9.2.3 and 9.2.7.
_FAMILIES = {
    "3.1": "id-CA-DH",
    "3.2": "id-CA-ECDH",
    "4.1": "id-PACE-DH-GM",
    "4.2": "id-PACE-ECDH-GM",
    "4.3": "id-PACE-DH-IM",
    "4.4": "id-PACE-ECDH-IM",
    "4.6": "id-PACE-ECDH-CAM",
}
_PACE = f"{_BSI}.4."
NAMES = {
    f"{_BSI}.1.1": "id-PK-DH",
    f"{_BSI}.1.2": "id-PK-ECDH",
    f"{_BSI}.2": "id-TA",
    "2.23.136.1.1.5": "id-icao-mrtd-security-aaProtocolObject",
    "2.23.136.1.1.13": "id-EFDIR",
    **{f"{_BSI}.{arc}": name for arc, name in _FAMILIES.items()},
    **{
        f"{_BSI}.{arc}.{number}": f"{name}-{cipher}"
        for arc, name in _FAMILIES.items()
        for number, cipher in enumerate(_CIPHERS, start=1)
    },
}


@dataclass(frozen=True, slots=True)
class SecurityInfo:
    """One protocol: `oid` and its `name` where known. `key_id` numbers a key of chip authentication, `parameter_id`
    the standardised domain parameters of PACE (9303-11 table 12), `signature_algorithm` is active authentication's."""

    oid: str
    name: str | None
    version: int | None = None
    key_id: int | None = None
    parameter_id: int | None = None
    signature_algorithm: str | None = None
    key: ChipKey | None = None


@dataclass(frozen=True, slots=True)
class SecurityInfos:
    """The protocols in the order of the file."""

    infos: tuple[SecurityInfo, ...]

    @classmethod
    def read(cls, found: Tlv) -> SecurityInfos:
        """The list in a SET. Raises `UnreadableError` where a part of it is broken."""
        return cls(tuple(_info(each) for each in found.children() if each.tag == _SEQUENCE))

    def named(self, prefix: str) -> tuple[SecurityInfo, ...]:
        """The protocols whose name begins so: `named("id-CA-")`."""
        return tuple(info for info in self.infos if (info.name or "").startswith(prefix))


def _info(found: Tlv) -> SecurityInfo:
    oid = _dotted(found.need(_OBJECT_IDENTIFIER))
    name = NAMES.get(oid)
    _, *parts = found.children()
    numbers = [part.number() for part in parts if part.tag == _INTEGER]
    if name in {"id-PK-DH", "id-PK-ECDH"}:
        return SecurityInfo(oid, name, key_id=_at(numbers, 0), key=chip_key(found.need(_SEQUENCE)))
    algorithm = next((_dotted(part) for part in parts if part.tag == _OBJECT_IDENTIFIER), None)
    version, second = _at(numbers, 0), _at(numbers, 1)
    if name in _FAMILIES.values():  # a chip's own domain parameters: clause 9.2.2
        return SecurityInfo(oid, name, parameter_id=version)
    if oid.startswith(_PACE):
        return SecurityInfo(oid, name, version, parameter_id=second)
    return SecurityInfo(oid, name, version, key_id=second, signature_algorithm=algorithm)


def _at(numbers: list[int], place: int) -> int | None:
    return numbers[place] if place < len(numbers) else None


def _dotted(found: Tlv) -> str:
    with reading("an object identifier"):
        dotted: str = core.ObjectIdentifier.load(bytes(found.raw)).dotted
        return dotted
